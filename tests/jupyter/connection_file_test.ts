import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseConnectionFile, readConnectionFile } from "../../lib/jupyter/connection_file.ts";
import { encodeZ85 } from "../../lib/jupyter/z85.ts";
import { newKeyPair } from "../../lib/jupyter/zmtp_curve.ts";

const PORTS = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
const FILE = {
  ...PORTS,
  ip: "127.0.0.1",
  key: "secret",
  transport: "tcp",
  signature_scheme: "hmac-sha256",
  kernel_name: "resolvent",
  jupyter_session: "/a/notebook.ipynb",
};

/** Reads a file with some fields replaced. */
function parse(replaced: Readonly<Record<string, unknown>> = {}) {
  return parseConnectionFile(JSON.stringify({ ...FILE, ...replaced }));
}

Deno.test("readConnectionFile() gives addresses, key and name", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, JSON.stringify(FILE));
  const info = await readConnectionFile(path);
  await Deno.remove(path);
  assertEquals(info.addresses.hb, { transport: "tcp", ip: "127.0.0.1", port: 5 });
  assertEquals(Object.values(info.addresses).map(({ port }) => port), [1, 2, 3, 4, 5]);
  assertEquals([info.key, info.kernelName, info.curve], ["secret", "resolvent", null]);
});

Deno.test("parseConnectionFile() gives the keys of an encrypted connection", () => {
  const { publicKey, secretKey } = newKeyPair();
  const keys = { curve_publickey: encodeZ85(publicKey), curve_secretkey: encodeZ85(secretKey) };
  const { curve } = parse(keys);
  assertEquals([...curve!.publicKey], [...publicKey]);
  assertEquals([...curve!.secretKey], [...secretKey]);
  const other = encodeZ85(newKeyPair().secretKey);
  const error = assertThrows(
    () => parse({ ...keys, curve_secretkey: other }),
    RangeError,
    "a pair",
  );
  assert(!error.message.includes(other), "the secret key is not shown");
  assertThrows(() => parse({ curve_publickey: keys.curve_publickey }), TypeError, "in pairs");
  assertThrows(() => parse({ ...keys, curve_publickey: "short" }), TypeError, "40 characters");
});

Deno.test("parseConnectionFile() refuses addresses that others can reach", () => {
  for (const ip of ["0.0.0.0", "192.168.0.1", "127.0.0.1.example.org", "127.0.0.256", "::"]) {
    assertThrows(() => parse({ ip }), RangeError, "only this machine may connect");
  }
  for (const ip of ["127.1.2.3", "localhost", "::1"]) {
    assertEquals(parse({ ip }).addresses.hb.ip, ip);
  }
  assertEquals(parse({ transport: "ipc", ip: "/tmp/k" }).addresses.hb.transport, "ipc");
});

Deno.test("parseConnectionFile() refuses what is no connection file", () => {
  assertThrows(() => parseConnectionFile("{"), TypeError, "it must be JSON");
  for (
    const wrong of [
      { signature_scheme: "hmac-md5" },
      { transport: "udp" },
      { shell_port: 0 },
      { hb_port: 70000 },
      { key: 1 },
      { ip: "" },
      { iopub_port: undefined },
    ]
  ) {
    const error = assertThrows(() => parse(wrong), TypeError, "it must follow its schema");
    assert(error.message.includes(Object.keys(wrong)[0]), error.message);
  }
});
