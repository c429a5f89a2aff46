import type { AudioDeviceList, AudioDevices } from '../audio/devices.ts';

/** Which microphones and speakers there are, kept up to date while devices come and go. */
export class AudioDeviceChoice {
  available = $state.raw<AudioDeviceList>({ microphones: [], speakers: [], speakerChoice: false });
  private readonly devices: AudioDevices;

  constructor(devices: AudioDevices) {
    this.devices = devices;
  }

  watch(): () => void {
    void this.read();
    return this.devices.onListChange(() => void this.read());
  }

  async read(): Promise<void> {
    this.available = await this.devices.list();
  }
}
