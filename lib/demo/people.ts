/** Initials differ and follow the alphabet, so that a word of initials names people without doubt. */
export const PEOPLE = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus'];
