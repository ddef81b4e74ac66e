/** Something a person has to mend, said in one sentence: the launcher prints it and nothing else. */
export class Sentence extends Error {
  override name = 'Sentence';
}
