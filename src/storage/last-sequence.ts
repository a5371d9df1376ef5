/** What is needed of the outbox's index by sequence. */
interface SequenceIndex {
  openKeyCursor(range: IDBKeyRange, direction: 'prev'): Promise<{ readonly key: number } | null>;
}

/** The highest sequence in the outbox; 0 when it is empty. Numbers only: a damaged row may hold anything there. */
export async function readLastSequence(bySequence: SequenceIndex): Promise<number> {
  const cursor = await bySequence.openKeyCursor(IDBKeyRange.upperBound(Number.MAX_SAFE_INTEGER), 'prev');
  return cursor?.key ?? 0;
}
