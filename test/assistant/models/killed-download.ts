import { DownloadStage } from './download-stage.ts';

/** A download in a process of its own, to be killed: node killed-download.ts HUB PARENT-FOLDER */
const [hub = '', parent = ''] = process.argv.slice(2);
const stage = await DownloadStage.open();
Object.assign(stage, { parent });
const download = stage.download({ hubs: { huggingFace: hub, modelScope: '' }, client: stage.patientClient() });
void download.start();
setInterval(async () => console.log((await download.status()).receivedBytes), 50);
