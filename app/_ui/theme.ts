export type Theme = 'system' | 'light' | 'dark';

export const THEME_KEY = 'laconic-theme';

/** Runs in the head, before the first paint: a stored choice must not flash in after the other colours. */
export const THEME_SCRIPT = `try{var t=localStorage.getItem('${THEME_KEY}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;
