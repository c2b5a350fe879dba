// The built Worker, which returns each answer together with its queries to D1: the statements of every trip, and which
// earlier trips had ended when it began. The peers can then make the same trips.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as portal from "../../../build/index.js";
import { replacing } from "../replacing.mjs";

export { Control } from "../stores.mjs";

class Trips {
  made = [];
  #back = [];

  async make(database, statements, answer) {
    const number = this.made.length;
    this.made.push({ database, after: [...this.#back], statements });
    const result = await answer();
    this.#back.push(number);
    return result;
  }
}

function recordingDatabase(name, real, trips) {
  const originals = new WeakMap();
  const statement = (original, sql, values) => {
    const recording = replacing(original, {
      bind: (...bound) => statement(original.bind(...bound), sql, bound),
      all: () => trips.make(name, [{ sql, values }], () => original.all()),
    });
    originals.set(recording, { original, sql, values });
    return recording;
  };
  return replacing(real, {
    prepare: (sql) => statement(real.prepare(sql), sql, []),
    batch: (statements) => {
      const recorded = statements.map((recording) => originals.get(recording));
      const asked = recorded.map(({ sql, values }) => ({ sql, values }));
      return trips.make(name, asked, () => real.batch(recorded.map(({ original }) => original)));
    },
  });
}

export default class extends WorkerEntrypoint {
  async fetch(request) {
    const trips = new Trips();
    const databases = ["DB", "CATALOGUE"].map((name) => [
      name,
      recordingDatabase(name, this.env[name], trips),
    ]);
    const env = { ...this.env, ...Object.fromEntries(databases) };
    const response = await portal.fetch(request, env, this.ctx);
    return Response.json({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
      trips: trips.made,
    });
  }
}
