import { fileURLToPath } from "node:url";

/** The whole typeface, not a web subset: those lack letters that Vietnamese names have (OFL-1.1). It has no ▲ and no ✓: draw or say them. */
const faces = {
  regular: "@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf",
  bold: "@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf",
} as const;

export function findFontFile(face: keyof typeof faces): string {
  return fileURLToPath(import.meta.resolve(faces[face]));
}
