import { accessSync, constants, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { HotkeyStatus, ModelStatus } from '../../contract/app-events.ts';
import type { Engine } from '../../contract/engine-contract.ts';
import type { AssistantDatabase } from '../database/assistant-database.ts';
import type { DataFolder } from '../data-folder.ts';
import { failureOf } from '../failures.ts';
import type { ModelCatalogue } from '../models/model-catalogue.ts';
import { findWrongSum } from '../models/model-package.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { VoiceLibrary } from '../voices/voice-library.ts';

export interface Finding {
  readonly topic: string;
  readonly finding: string;
  readonly good: boolean;
}

export interface DiagnosisSubjects {
  readonly folder: DataFolder;
  readonly settings: SettingsStore;
  readonly database: AssistantDatabase;
  readonly catalogue: ModelCatalogue;
  readonly modelStatus: () => ModelStatus;
  readonly voices: VoiceLibrary;
  readonly engine: Engine;
  readonly hotkey: () => HotkeyStatus;
  readonly version: string;
}

/** Sums of packages beyond this size are left to their installation: reading 18 GB takes minutes. */
const SUMMED_BYTES = 512 * 1024 * 1024;
const MEGABYTE = 1024 * 1024;

/** Plain facts about this installation. A check that fails is a finding like any other. */
export async function diagnose(subjects: DiagnosisSubjects, signal: AbortSignal): Promise<Finding[]> {
  const checks: readonly [topic: string, check: () => Finding[] | Promise<Finding[]>][] = [
    ['system', () => system(subjects)],
    ['data folder', () => folder(subjects)],
    ['settings', () => settings(subjects)],
    ['database', () => database(subjects)],
    ['model', () => models(subjects, signal)],
    ['engine', () => engine(subjects, signal)],
    ['voices', () => voices(subjects)],
    ['hotkey', () => hotkey(subjects)],
  ];
  const findings: Finding[] = [];
  for (const [topic, check] of checks) {
    signal.throwIfAborted();
    try {
      findings.push(...(await check()));
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      findings.push({ topic, finding: asWords(failureOf(error)), good: false });
    }
  }
  return findings;
}

function system({ version }: DiagnosisSubjects): Finding[] {
  const memory = `${Math.round(totalmem() / MEGABYTE / 1024)} GB memory`;
  const runtime = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${memory}`;
  return [{ topic: 'system', finding: `Sotto ${version}, ${runtime}`, good: true }];
}

function folder({ folder: { path } }: DiagnosisSubjects): Finding[] {
  accessSync(path, constants.R_OK | constants.W_OK);
  return [{ topic: 'data folder', finding: path, good: true }];
}

function settings({ settings: store, folder: { settingsFile } }: DiagnosisSubjects): Finding[] {
  const problems = store.notices.map((notice) => ({
    topic: 'settings',
    finding: asWords(notice),
    good: false,
  }));
  return problems.length > 0 ? problems : [{ topic: 'settings', finding: settingsFile, good: true }];
}

function database({ database: store }: DiagnosisSubjects): Finding[] {
  const problems = store.notices.map((notice) => ({
    topic: 'database',
    finding: asWords(notice),
    good: false,
  }));
  if (!store.inFile) return [...problems, { topic: 'database', finding: 'in memory only', good: false }];
  const answer = store.use(() => store.connection.pragma('quick_check(1)', { simple: true }));
  const count = store.use(() =>
    store.statement<{ turns: number }>('SELECT count(*) AS turns FROM turns').get(),
  );
  const size = (statSync(store.path).size / MEGABYTE).toFixed(1);
  const finding = `${store.path}, ${size} MB, ${count?.turns ?? 0} turns, check: ${String(answer)}`;
  return [...problems, { topic: 'database', finding, good: answer === 'ok' }];
}

async function models(subjects: DiagnosisSubjects, signal: AbortSignal): Promise<Finding[]> {
  const entries = subjects.catalogue.list();
  const findings: Finding[] = [];
  for (const { id, model, damage } of entries) {
    if (damage || !model) {
      findings.push({
        topic: 'model',
        finding: `${id}: ${damage ? asWords(failureOf(damage)) : ''}`,
        good: false,
      });
      continue;
    }
    const { name, version, bytes } = model.description;
    const wrong = bytes <= SUMMED_BYTES ? await findWrongSum(model, signal) : undefined;
    const sums =
      bytes > SUMMED_BYTES ? 'sizes right' : wrong ? `${wrong.path} is damaged` : 'all files whole';
    const finding = `${id}: ${name} ${version}, ${(bytes / MEGABYTE).toFixed(1)} MB, ${sums}`;
    findings.push({ topic: 'model', finding, good: !wrong });
  }
  const selected = subjects.modelStatus();
  const why = selected.failure ? ` (${asWords(selected.failure)})` : '';
  const where = selected.remoteHost ? `, answered by ${selected.remoteHost}: what is said goes there` : '';
  const isUsable = selected.state !== 'missing' && selected.state !== 'failed';
  findings.push({
    topic: 'model',
    finding: `selected: ${selected.id}, ${selected.state}${where}${why}`,
    good: isUsable,
  });
  return findings;
}

async function engine({ engine: subject }: DiagnosisSubjects, signal: AbortSignal): Promise<Finding[]> {
  const report = await subject.probeProviders(signal);
  const memory = Math.round((await subject.memoryBytes(signal)) / MEGABYTE);
  return [
    {
      topic: 'engine',
      finding: `${report.chosen}, ${report.threads} threads, ${memory} MB memory`,
      good: true,
    },
    ...report.refused.map(({ provider, reason }) => ({
      topic: 'provider',
      finding: `${provider} not used: ${reason}`,
      good: true,
    })),
  ];
}

function voices({ voices: library, settings: store }: DiagnosisSubjects): Finding[] {
  const names = library.list().map((voice) => voice.name);
  const selected = library.get(store.get().voiceId);
  const finding = `${names.join(', ')}; selected: ${selected?.name ?? `${store.get().voiceId} (missing)`}`;
  return [{ topic: 'voices', finding, good: selected !== undefined }];
}

function hotkey({ hotkey: status }: DiagnosisSubjects): Finding[] {
  const { mode, accelerator, reason } = status();
  const finding = [mode === 'none' ? 'none' : `${mode} ${accelerator}`, reason].filter(Boolean).join(': ');
  return [{ topic: 'hotkey', finding, good: true }];
}

function asWords(failure: {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}): string {
  const details = Object.entries(failure.details).map(([key, value]) => `${key} ${String(value)}`);
  return [failure.code, ...details].join(', ');
}
