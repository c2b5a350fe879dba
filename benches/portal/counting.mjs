// The built Worker with stores that count operations. The response header "x-operations" has the counts. `Control`
// fills the stores and runs the sync.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as portal from "../../build/index.js";
import { replacing } from "./replacing.mjs";
import { Control as Stores } from "./stores.mjs";

class Operations {
  // Keys read from KV, and other operations on KV.
  kv_reads = 0;
  kv_lists = 0;
  kv_writes = 0;
  // Round trips to D1, and the time and rows of their statements.
  d1_trips = 0;
  d1_ms = 0;
  rows_read = 0;
  rows_written = 0;
  // Time since the start, without waiting for stores.
  worker_ms = 0;

  #waiting = 0;
  #workingSince = performance.now();

  async waitFor(answer) {
    if (this.#waiting++ === 0) this.worker_ms += performance.now() - this.#workingSince;
    try {
      return await answer();
    } finally {
      if (--this.#waiting === 0) this.#workingSince = performance.now();
    }
  }

  addResult({ meta }) {
    this.d1_ms += meta.duration;
    this.rows_read += meta.rows_read;
    this.rows_written += meta.rows_written;
  }

  // The counts as JSON, called at the end of the work.
  report() {
    if (this.#waiting === 0) this.worker_ms += performance.now() - this.#workingSince;
    return JSON.stringify(this);
  }
}

function countingStore(real, operations) {
  const counting = (count, method) => (...args) => {
    operations[count] += count === "kv_reads" && Array.isArray(args[0]) ? args[0].length : 1;
    return operations.waitFor(() => real[method](...args));
  };
  return replacing(real, {
    get: counting("kv_reads", "get"),
    getWithMetadata: counting("kv_reads", "getWithMetadata"),
    list: counting("kv_lists", "list"),
    put: counting("kv_writes", "put"),
    delete: counting("kv_writes", "delete"),
  });
}

function countingDatabase(real, operations) {
  const reals = new WeakMap();
  const statement = (object) => {
    const all = async () => {
      operations.d1_trips += 1;
      const result = await operations.waitFor(() => object.all());
      operations.addResult(result);
      return result;
    };
    const counting = replacing(object, { bind: (...values) => statement(object.bind(...values)), all });
    reals.set(counting, object);
    return counting;
  };
  return replacing(real, {
    prepare: (sql) => statement(real.prepare(sql)),
    batch: async (statements) => {
      operations.d1_trips += 1;
      const batch = statements.map((counting) => reals.get(counting));
      const results = await operations.waitFor(() => real.batch(batch));
      for (const result of results) operations.addResult(result);
      return results;
    },
  });
}

function countingEnv(env, operations) {
  const counting = {};
  for (const [name, value] of Object.entries(env)) {
    if (typeof value?.getWithMetadata === "function") {
      counting[name] = countingStore(value, operations);
    } else if (typeof value?.prepare === "function") {
      counting[name] = countingDatabase(value, operations);
    } else {
      counting[name] = value;
    }
  }
  return counting;
}

export default class extends WorkerEntrypoint {
  async fetch(request) {
    const operations = new Operations();
    const env = countingEnv(this.env, operations);
    const response = await portal.fetch(request, env, this.ctx);
    response.headers.set("x-operations", operations.report());
    return response;
  }
}

export class Control extends Stores {
  async fetch(request) {
    return new URL(request.url).pathname === "/sync" ? this.sync() : super.fetch(request);
  }

  // Runs the sync once, as its cron trigger does.
  async sync() {
    const operations = new Operations();
    const env = countingEnv(this.env, operations);
    const controller = { cron: "*/2 * * * *", scheduledTime: Date.now() };
    await portal.scheduled(controller, env, this.ctx);
    return new Response(operations.report());
  }
}
