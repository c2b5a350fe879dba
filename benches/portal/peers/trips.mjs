// Makes the recorded queries of the portal to D1. Each starts when the queries that the portal had waited for are done.
// Returns all rows.
export async function make(env, trips) {
  const answers = [];
  for (const { database, after, statements } of trips) {
    const before = Promise.all(after.map((number) => answers[number]));
    const db = env[database];
    const prepared = statements.map(({ sql, values }) => db.prepare(sql).bind(...values));
    const ask = async () => (prepared.length === 1 ? [await prepared[0].all()] : db.batch(prepared));
    answers.push(before.then(ask));
  }
  return (await Promise.all(answers)).flat().map(({ results }) => results);
}
