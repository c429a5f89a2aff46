import type { Configuration } from 'electron-builder';

/** Which installers are made, and what the systems are told about the app. */
export const installers: Configuration = {
  appId: 'app.sotto.assistant',
  productName: 'Sotto',
  copyright: 'The Sotto authors, Apache-2.0',
  npmRebuild: false,
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  linux: {
    target: ['AppImage', 'deb'],
    executableName: 'sotto',
    category: 'Utility',
    icon: 'resources/icons/icon.png',
    maintainer: 'The Sotto authors <sotto@example.invalid>',
    synopsis: 'A private voice assistant',
  },
  win: { target: ['nsis'], icon: 'resources/icons/icon.png' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: {
    target: ['dmg'],
    category: 'public.app-category.productivity',
    icon: 'resources/icons/icon.png',
    hardenedRuntime: true,
    entitlements: 'packaging/entitlements.mac.plist',
    entitlementsInherit: 'packaging/entitlements.mac.plist',
  },
};
