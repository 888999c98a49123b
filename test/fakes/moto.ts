import { spawn, spawnSync } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";

/** Interpreters that may have moto: Debian's first, because that is what is installed on a new machine. */
const PYTHONS = ["/usr/bin/python3", "python3"];

/** The interpreter that has moto's server, or undefined. */
export function pythonWithMoto(): string | undefined {
  return PYTHONS.find((python) => spawnSync(python, ["-c", "import moto.server"], { stdio: "ignore" }).status === 0);
}

/** A running moto: an AWS written by others. */
export interface Moto {
  readonly url: string;
  /** Forgets everything. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Starts moto on a free port and waits until it answers. Throws with its own words when it does not start. */
export async function startMoto(): Promise<Moto> {
  const python = pythonWithMoto();
  if (python === undefined) throw new Error("python3-moto is not installed: run .ci/install");
  const port = await freePort();
  const child = spawn(python, ["-m", "moto.server", "-p", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
    // Off by default: the documents of the policies that AWS itself keeps.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => void (said += chunk.toString("utf8")));
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; attempt += 1) {
    const up = await fetch(`${url}/moto-api/reset`, { method: "POST" }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) break;
    if (child.exitCode !== null || attempt > 200) throw new Error(`moto did not start: ${said.slice(-500)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    async reset() {
      await fetch(`${url}/moto-api/reset`, { method: "POST" });
    },
    close: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
