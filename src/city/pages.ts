import type { CityService } from "./city.ts";
import type { Faults } from "./faults.ts";

/** Longer than any page may take (`check.slowMs` is 1000), shorter than a probe's deadline: slow, not down. */
const spinMs = 1_500;

const titles = {
  documents: "Quản lý văn bản và điều hành",
  dossiers: "Một cửa điện tử",
  feedback: "Phản ánh, kiến nghị 1022",
  video: "Họp trực tuyến",
  directory: "Danh bạ và đăng nhập",
} as const;

/**
 * The front page of every system, `GET /`, and `GET /payments/health`. Under `page-spins=<unit>` the document system answers that
 * unit late; under `fees-fail` payments are out of order.
 */
export function createPages({ faults }: { readonly faults: Faults }): CityService {
  return {
    handle(request, response, { system, unit, path }) {
      if (request.method !== "GET") return false;
      if (path === "/payments/health") {
        const broken = faults.has("fees-fail", system, ...(unit ? [unit] : []));
        response.writeHead(broken ? 503 : 200, { "content-type": "application/json" }).end(JSON.stringify({ ok: !broken }));
        return true;
      }
      if (path !== "/") return false;
      const send = (): void => {
        const page = formatPage(titles[system], unit);
        response
          .writeHead(200, { "content-type": "text/html; charset=utf-8", "content-length": Buffer.byteLength(page) })
          .end(page);
      };
      const spins = system === "documents" && unit !== undefined && faults.has("page-spins", unit);
      if (!spins) send();
      else {
        const timer = setTimeout(send, spinMs);
        response.on("close", () => clearTimeout(timer));
      }
      return true;
    },
  };
}

function formatPage(title: string, unit: string | undefined): string {
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${unit ?? ""}</p></html>\n`;
}
