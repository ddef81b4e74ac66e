/** An element with its class and what is in it: the parts of the player that stand over the picture are few and plain. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.className = className;
  element.append(...children);
  return element;
}

/** A button that does one thing. */
export function makeButton(className: string, text: string, press: () => void): HTMLButtonElement {
  const button = make('button', `button ${className}`, text);
  button.type = 'button';
  button.addEventListener('click', press);
  return button;
}
