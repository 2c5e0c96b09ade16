/** How wide scrollbars are here: asked once, of a box of its own, while nothing else is to be laid out. */

let known: number | undefined;

export function scrollbarSize(): number {
  known ??= measured();
  return known;
}

function measured(): number {
  const box = document.createElement('div');
  Object.assign(box.style, { position: 'fixed', top: '-99px', width: '50px', overflow: 'scroll' });
  document.body.append(box);
  const size = box.offsetWidth - box.clientWidth;
  box.remove();
  return size;
}
