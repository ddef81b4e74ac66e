import { problems, problemType, type ProblemCode, type ProblemDocument } from '../../schema/problem.ts';

/** A problem document as the API sends it. */
export const problemDocument = (
  code: ProblemCode,
  extras: Partial<ProblemDocument> = {},
): ProblemDocument => ({
  type: problemType(code),
  code,
  ...problems[code],
  ...extras,
});
