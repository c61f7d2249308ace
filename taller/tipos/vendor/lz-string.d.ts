// static/vendor/lz-string.js as the modules use it.
declare const LZString: {
  compressToUTF16(texto: string): string;
  /** null or "" when the text is no compressed one. */
  decompressFromUTF16(texto: string | null): string | null;
};
export default LZString;
