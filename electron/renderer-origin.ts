/** The page's own scheme: unlike file://, it has an origin, and only the renderer's folder can be reached by it. */
export const rendererScheme = 'sotto';
export const rendererOrigin = `${rendererScheme}://app`;
export const rendererAddress = `${rendererOrigin}/index.html`;

/** True for addresses of our own page, whatever follows the origin. */
export function isRendererAddress(address: string): boolean {
  return address === rendererOrigin || address.startsWith(`${rendererOrigin}/`);
}
