/** What pages of Material for MkDocs have in their window; `overrides/assets/javascripts/theme.js` puts it there. */
interface Window {
  __md_scope: URL;
  __md_hash(text: string): number;
  __md_get(key: string, storage?: Storage, base?: URL): { color?: Record<string, string> } | null;
  __md_set(key: string, value: unknown, storage?: Storage, base?: URL): void;
}
