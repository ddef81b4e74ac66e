/** Whether an account is about to be deleted: a question that other rooms may ask. */
export { closingOf } from './queries/closing.ts';
