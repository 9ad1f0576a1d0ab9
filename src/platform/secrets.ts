import { Failure } from "./failure.ts";
import { readText } from "./files.ts";

/** `env:NAME` or `file:PATH`. A value itself is never accepted: it would stand in a file that is copied and mailed. */
export type SecretReference = `env:${string}` | `file:${string}`;

export const secretReferenceShape = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/;

/** Reads the secret. The value is in no message. Failure kind: denied. */
export async function readSecret(
  reference: string,
  environment: Readonly<Record<string, string | undefined>>,
  resolvePath: (path: string) => string,
): Promise<string> {
  const [source, name] = [reference.slice(0, reference.indexOf(":")), reference.slice(reference.indexOf(":") + 1)];
  if (source === "env") {
    const value = environment[name];
    if (value) return value;
    throw new Failure(
      "denied",
      { vi: `biến môi trường ${name} chưa đặt`, en: `environment variable ${name} is not set` },
      { hint: { vi: `đặt ${name} rồi chạy lại`, en: `set ${name} and run again` } },
    );
  }
  if (source === "file") {
    const value = (await readText(resolvePath(name))).trim();
    if (value) return value;
    throw new Failure("denied", { vi: `tệp bí mật ${name} rỗng`, en: `secret file ${name} is empty` });
  }
  throw new Failure("invalid", {
    vi: "tham chiếu bí mật phải là env:TÊN hoặc file:ĐƯỜNG_DẪN",
    en: "a secret reference must be env:NAME or file:PATH",
  });
}
