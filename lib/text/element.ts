/** The element that must be there; an index beyond the list is a fault of ours and throws. */
export function elementAt<Item>(items: ArrayLike<Item>, index: number): Item {
  const item = items[index < 0 ? items.length + index : index];
  if (item === undefined)
    throw new RangeError(`There is no element ${index} in a list of ${items.length}.`);
  return item;
}
