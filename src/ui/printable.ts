/** Files come from anybody who can push; what they hold must not steer the terminal it is shown on. */

/** Each control character but the line break as one sign that shows that something was there. */
export const printable = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, "\u{FFFD}");
