/**
 * What webextension-polyfill gives where the browser's own API already speaks in promises, which every Manifest V3
 * browser's does. The bundler puts it in the place of the library; its types stay the library's.
 */
export default globalThis.browser ?? globalThis.chrome;
