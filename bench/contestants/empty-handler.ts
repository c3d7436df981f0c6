// What an invocation takes of which no function is a part; bundled by itself.

/** Answers every event at once. */
export async function handler() {
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{}' }
}
