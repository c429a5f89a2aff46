import { FusesPlugin } from '@electron-forge/plugin-fuses';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { FuseV1Options, FuseVersion } from '@electron/fuses';
import { cp, rm } from 'node:fs/promises';
import InstallerMaker from './packaging/installer-maker.ts';
import { installers } from './packaging/installers.ts';
import { stage } from './packaging/stage.ts';

/**
 * `npm run package` and `npm run make`, after `npm run build`. The archive holds exactly what `packaging/stage.ts`
 * laid out; the fuses turn off every way to run other code with the app's identity.
 */
const config: ForgeConfig = {
  packagerConfig: {
    name: 'Sotto',
    executableName: 'sotto',
    appBundleId: 'app.sotto.assistant',
    asar: { unpack: '**/*.{node,so,dylib,dll}' },
    icon: 'resources/icons/icon',
    extraResource: ['engine', 'models', 'resources'].map((name) => `dist/package/beside/${name}`),
    ignore: (path) => path !== '' && path !== '/package.json',
    prune: false,
    extendInfo: {
      NSMicrophoneUsageDescription: 'Sotto listens while you hold its key, on this machine only.',
    },
    ...(process.env['SOTTO_ELECTRON_ZIPS'] ? { electronZipDir: process.env['SOTTO_ELECTRON_ZIPS'] } : {}),
  },
  hooks: {
    prePackage: async (_config, platform, architecture) => {
      await stage({ project: import.meta.dirname, platform: platform as NodeJS.Platform, architecture });
    },
    packageAfterCopy: async (_config, buildPath) => {
      await rm(buildPath, { recursive: true, force: true });
      await cp(`${import.meta.dirname}/dist/package/app`, buildPath, { recursive: true });
    },
  },
  makers: [new InstallerMaker(installers)],
  plugins: [
    new FusesPlugin({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    }),
  ],
};

export default config;
