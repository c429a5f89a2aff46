import { MakerBase, type MakerOptions } from '@electron-forge/maker-base';
import { build, Platform, type Configuration } from 'electron-builder';
import { join } from 'node:path';

/** Installers from the app that Forge packaged, made by electron-builder, which knows more kinds of them. */
export default class InstallerMaker extends MakerBase<Configuration> {
  override name = 'installers';
  override defaultPlatforms: ('linux' | 'darwin' | 'win32')[] = ['linux', 'darwin', 'win32'];

  override isSupportedOnCurrentPlatform(): boolean {
    return true;
  }

  override async make(options: MakerOptions): Promise<string[]> {
    const platform = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[
      options.targetPlatform as 'linux'
    ];
    const prepackaged =
      options.targetPlatform === 'darwin' ? join(options.dir, `${options.appName}.app`) : options.dir;
    return build({
      prepackaged,
      targets: platform.createTarget(),
      config: { ...this.config, directories: { output: join(options.makeDir, options.targetPlatform) } },
      publish: 'never',
    });
  }
}
