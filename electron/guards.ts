import { app, type Session, type WebContents } from 'electron';
import { isRendererAddress } from './renderer-origin.ts';

/** Every page this app ever holds: it stays where it is, opens nothing and embeds nothing. */
export function lockNavigation(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      if (!isRendererAddress(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isRendererAddress(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/**
 * Permissions of the page: the microphone, and the choice of a loudspeaker, for our own origin; nothing else.
 *
 * @param askForMicrophone asks the system where it has a permission of its own (macOS).
 */
export function restrictPermissions(session: Session, askForMicrophone: () => Promise<boolean>): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    if (!isRendererAddress(details.requestingUrl)) return decide(false);
    if (permission === 'speaker-selection') return decide(true);
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    if (permission !== 'media' || mediaTypes.includes('video')) return decide(false);
    void askForMicrophone().then(decide, () => decide(false));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    if (!isRendererAddress(origin.replace(/\/$/, ''))) return false;
    if (permission === 'media') return details.mediaType !== 'video';
    return permission === 'speaker-selection';
  });
  session.setDevicePermissionHandler(() => false);
}
