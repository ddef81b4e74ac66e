import type { ButtonHTMLAttributes, AnchorHTMLAttributes, ComponentChildren } from 'preact';

type Look = {
  look?: 'primary' | 'outline' | 'plain' | 'danger' | undefined;
  small?: boolean;
  children: ComponentChildren;
};
const classes = ({ look, small }: Pick<Look, 'look' | 'small'>) =>
  ['button', look && `button--${look}`, small && 'button--small'].filter(Boolean).join(' ');

/** A button: does something here. Give it `type="submit"` in a form. */
export const Button = ({ look, small, children, ...rest }: Look & ButtonHTMLAttributes) => (
  <button type="button" {...rest} class={classes({ look, small: small ?? false })}>
    {children}
  </button>
);

/** A link that looks like a button: goes somewhere. */
export const ButtonLink = ({
  look,
  small,
  children,
  href,
  ...rest
}: Look & { href: string } & Omit<AnchorHTMLAttributes, 'href' | 'role'>) => (
  <a {...rest} href={href} class={classes({ look, small: small ?? false })}>
    {children}
  </a>
);
