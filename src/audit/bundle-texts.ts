import { formatSignerTime } from "../platform/signers-file.ts";
import { type Checkpoint, namespaces } from "./checkpoint.ts";

/** Names of the files of a bundle. The manifest lists every file but itself and its signature. */
export const bundleFiles = {
  log: "log.jsonl",
  checkpoint: "checkpoint",
  checkpointSignature: "checkpoint.sig",
  /** Earlier checkpoints: `checkpoints/000041`, its signature beside it. */
  checkpoints: "checkpoints",
  signers: "allowed_signers",
  revoked: "revoked.krl",
  manifest: "MANIFEST.sha256",
  manifestSignature: "MANIFEST.sha256.sig",
} as const;

export interface BundleFacts {
  readonly checkpoint: Checkpoint;
  readonly identity: string;
  readonly signed: boolean;
  readonly signersSha256?: string;
}

/** For whoever gets the bundle and has no wardctl. */
export function formatVerifyText({ checkpoint, identity, signed, signersSha256 }: BundleFacts): string {
  const time = formatSignerTime(checkpoint.at);
  const commands = [
    "sha256sum -c MANIFEST.sha256",
    `ssh-keygen -Y verify -f YOUR_allowed_signers -I ${identity} -n ${namespaces.bundle} -Overify-time=${time} -s MANIFEST.sha256.sig < MANIFEST.sha256`,
    `ssh-keygen -Y verify -f YOUR_allowed_signers -I ${identity} -n ${namespaces.log} -Overify-time=${time} -s checkpoint.sig < checkpoint`,
  ];
  return `${[
    "GÓI NHẬT KÝ WARDCTL / WARDCTL LOG BUNDLE",
    "",
    `log ${checkpoint.log}`,
    `size ${checkpoint.size}`,
    `head ${checkpoint.head}`,
    `time ${time}`,
    `allowed_signers SHA-256 ${signersSha256 ?? "-"}`,
    ...(signed
      ? []
      : [
          "",
          "CHƯA KÝ / UNSIGNED: chỉ kiểm được tệp còn nguyên, không kiểm được ai lập. / Shows that files are whole, not who made them.",
        ]),
    "",
    "[vi] Kiểm tra không cần wardctl, không cần mạng. YOUR_allowed_signers là bản của chính bạn, nhận qua đường khác;",
    "không dùng tệp allowed_signers trong gói này: ai lập gói cũng lập được tệp đó. Thêm -r revoked.krl của bạn nếu có.",
    "sha256sum không báo tệp bị thêm vào: so danh sách tệp với MANIFEST.sha256, hoặc chạy verify.sh (Windows: verify.cmd).",
    "",
    "[en] Checked without wardctl and without a network. YOUR_allowed_signers is your own copy, got another way; not the one in",
    "this bundle, which whoever made the bundle could have made too. Add -r with your revoked.krl if you have one.",
    "sha256sum does not see files that were added: compare the list with MANIFEST.sha256, or run verify.sh (Windows: verify.cmd).",
    "",
    ...commands,
    "",
    "sh verify.sh YOUR_allowed_signers [YOUR_revoked.krl]",
    "verify.cmd YOUR_allowed_signers [YOUR_revoked.krl]",
    "wardctl audit verify BUNDLE --signers YOUR_allowed_signers",
  ].join("\n")}\n`;
}

/** POSIX sh; needs find, sort, sed, sha256sum (or shasum) and ssh-keygen. */
export function formatVerifyScript({ identity, checkpoint }: BundleFacts): string {
  return `#!/bin/sh
# sh verify.sh YOUR_allowed_signers [YOUR_revoked.krl]
set -u
signers=\${1:?"sh verify.sh YOUR_allowed_signers [YOUR_revoked.krl]"}
case $signers in /*) ;; *) signers=$PWD/$signers ;; esac
revoked=\${2:-}
case $revoked in ''|/*) ;; *) revoked=$PWD/$revoked ;; esac
cd "$(dirname "$0")" || exit 2
here=$(pwd -P)
case "$(cd "$(dirname "$signers")" && pwd -P)/" in "$here"/*) echo "allowed_signers must be your own, not the bundle's"; exit 2 ;; esac
LC_ALL=C; export LC_ALL
bad=0
fail() { echo "FAILED: $1"; bad=1; }
cr=$(printf '\\r')
for file in MANIFEST.sha256 checkpoint; do
  if grep -q "$cr" "$file"; then fail "$file: line endings changed"; fi
done
listed=$(sed 's/^[0-9a-f]*  //' MANIFEST.sha256 | sort)
found=$(find . ! -type d | sed 's/^\\.\\///' | grep -v -x -e 'MANIFEST\\.sha256' -e 'MANIFEST\\.sha256\\.sig' | sort)
[ "$listed" = "$found" ] || fail "the files are not those of MANIFEST.sha256"
if command -v sha256sum >/dev/null 2>&1; then check='sha256sum --strict --quiet -c'; else check='shasum -a 256 --strict --quiet -c'; fi
$check MANIFEST.sha256 || fail "a file was altered"
time=$(sed -n 's/^verify-time: //p' checkpoint)
[ "$time" = "${formatSignerTime(checkpoint.at)}" ] || fail "the checkpoint's time is not the bundle's"
verify() {
  if [ -n "$revoked" ]; then set -- "$@" -r "$revoked"; fi
  file=$1 name=$2; shift 2
  ssh-keygen -Y verify -f "$signers" -I '${identity}' -n "$name" -Overify-time="$time" -s "$file.sig" "$@" < "$file" || fail "signature of $file"
}
verify MANIFEST.sha256 ${namespaces.bundle}
verify checkpoint ${namespaces.log}
if [ "$bad" = 0 ]; then echo "OK: size ${checkpoint.size}, head ${checkpoint.head}"; fi
exit "$bad"
`;
}

/** Windows: certutil for the hashes and ssh-keygen of its own OpenSSH. Redirection with <, for a pipe of PowerShell changes bytes. */
export function formatVerifyCommand({ identity, checkpoint }: BundleFacts): string {
  const time = formatSignerTime(checkpoint.at);
  return `@echo off
rem verify.cmd YOUR_allowed_signers [YOUR_revoked.krl]
setlocal enabledelayedexpansion
if "%~1"=="" (echo verify.cmd YOUR_allowed_signers [YOUR_revoked.krl] & exit /b 2)
set "signers=%~f1"
set "krl="
if not "%~2"=="" set krl=-r "%~f2"
cd /d "%~dp0"
set bad=0
set listed=0
for /f "usebackq tokens=1,*" %%a in ("MANIFEST.sha256") do (
  set /a listed+=1
  set "name=%%b"
  set "name=!name:/=\\!"
  set "sum="
  for /f "skip=1 delims=" %%h in ('certutil -hashfile "!name!" SHA256 2^>nul') do if not defined sum set "sum=%%h"
  set "sum=!sum: =!"
  if /i not "!sum!"=="%%a" (echo FAILED: %%b & set bad=1)
)
set found=0
for /r %%f in (*) do set /a found+=1
set /a listed+=2
if not !found!==!listed! (echo FAILED: the files are not those of MANIFEST.sha256 & set bad=1)
ssh-keygen -Y verify -f "%signers%" -I ${identity} -n ${namespaces.bundle} -Overify-time=${time} -s MANIFEST.sha256.sig %krl% < MANIFEST.sha256 || set bad=1
ssh-keygen -Y verify -f "%signers%" -I ${identity} -n ${namespaces.log} -Overify-time=${time} -s checkpoint.sig %krl% < checkpoint || set bad=1
if !bad!==0 echo OK: size ${checkpoint.size}, head ${checkpoint.head}
exit /b !bad!
`.replaceAll("\n", "\r\n");
}
