/**
 * The places of the first `size` keys in ascending order, equal keys in the order they stand. Keys are whole numbers. Where key and place
 * fit together into the 53 bits of an exact number they are sorted as one, which takes a fifth of the time of a comparison in JavaScript.
 */
export function sortOrder(keys: Float64Array, size: number): Uint32Array {
  const order = new Uint32Array(size);
  let low = Infinity;
  let high = -Infinity;
  let sorted = true;
  for (let n = 0; n < size; n++) {
    const key = keys[n] as number;
    if (key < high) sorted = false;
    if (key < low) low = key;
    if (key > high) high = key;
    order[n] = n;
  }
  if (sorted) return order;
  const room = 2 ** Math.ceil(Math.log2(size));
  if ((high - low + 1) * room > 2 ** 53) return order.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
  const both = new Float64Array(size);
  for (let n = 0; n < size; n++) both[n] = ((keys[n] as number) - low) * room + n;
  both.sort();
  for (let n = 0; n < size; n++) order[n] = (both[n] as number) % room;
  return order;
}
