// The built Worker without changes, and an entrypoint that controls its stores and runs its cron triggers.
import portal from "../../src/worker.mjs";
import { Control as Stores } from "./stores.mjs";

export default portal;

export class Control extends Stores {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname !== "/scheduled") return super.fetch(request);
    const controller = { cron: await request.text(), scheduledTime: Date.now() };
    await portal.scheduled(controller, this.env, this.ctx);
    return new Response();
  }
}
