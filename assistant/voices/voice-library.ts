import type { Voice } from '../../contract/app-events.ts';
import type { LightVoice } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { AssistantDatabase } from '../database/assistant-database.ts';
import { voiceBook } from '../../engine/speak/voice-book.ts';
import type { ClipVoices } from './clip-voices.ts';
import { isClipId } from './clips/clip-rows.ts';
import type { RecordedVoice } from './recorded-voices.ts';
import { plainSampleSentence, voiceNotes } from './voice-notes.ts';
import { voiceWords, withoutPersonas, type VoiceWord } from './voice-words.ts';

const RECORDING_DESCRIPTION = 'From a recording, for models that speak by themselves.';

interface VoiceRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly gender: Voice['gender'];
  readonly language: string;
  readonly maker: Voice['maker'];
  readonly built_in: number;
  readonly favourite: number;
}

/** The voices that can speak, what is known about them and which ones the person likes. */
export class VoiceLibrary {
  private readonly database: AssistantDatabase;
  private readonly clips: ClipVoices | undefined;

  constructor(database: AssistantDatabase, clips?: ClipVoices) {
    this.database = database;
    this.clips = clips;
    this.seed();
    database.onReplaced(() => this.seed());
  }

  /** Takes in what the engine can speak with; voices it no longer has are hidden, not forgotten. */
  take(voices: readonly LightVoice[]): void {
    this.database.use(() => {
      this.database.statement(`UPDATE voices SET available = 0 WHERE maker = 'light-voice'`).run();
      for (const voice of voices) this.put(voice);
    }, 'transaction');
  }

  /** Takes in the recordings that are there now. */
  takeRecordings(voices: readonly RecordedVoice[]): void {
    this.database.use(() => {
      this.database.statement(`UPDATE voices SET available = 0 WHERE maker = 'token2wav'`).run();
      for (const { id, name } of voices) {
        const about = { gender: 'neutral', description: RECORDING_DESCRIPTION, language: '' } as const;
        this.put({ id, name, ...about }, 'token2wav');
      }
    }, 'transaction');
  }

  /** Favourites first. With words to search for, the best match first. */
  list(query = ''): Voice[] {
    const words = voiceWords(query);
    if (query.trim() && words.length === 0) return [];
    if (words.length === 0) return this.rows('').map(voiceOf);
    const every = this.search(words);
    return every.length > 0 ? every : this.someOf(withoutPersonas(words));
  }

  get(id: string): Voice | undefined {
    if (isClipId(id)) return this.clips?.voice(id);
    return this.rows('AND id = ?', id).map(voiceOf)[0];
  }

  /** The voice with this id, else the first there is. */
  getOrFirst(id: string): Voice {
    const voice = this.get(id) ?? this.list()[0];
    if (!voice) throw new UserError('voice-missing', { voiceId: id });
    return voice;
  }

  /** Throws UserError `voice-missing`. */
  require(id: string): Voice {
    const voice = this.get(id);
    if (!voice) throw new UserError('voice-missing', { voiceId: id });
    return voice;
  }

  sampleSentence(id: string): string {
    const row = this.database.use(() =>
      this.database
        .statement<{ sample_sentence: string }>('SELECT sample_sentence FROM voices WHERE id = ?')
        .get(id),
    );
    if (!row) throw new UserError('voice-missing', { voiceId: id });
    return row.sample_sentence;
  }

  setFavourite(id: string, favourite: boolean): void {
    if (isClipId(id)) return void this.clips?.library.describe(id, { favourite });
    const { changes } = this.database.use(() =>
      this.database.statement('UPDATE voices SET favourite = ? WHERE id = ?').run(favourite ? 1 : 0, id),
    );
    if (changes === 0) throw new UserError('voice-missing', { voiceId: id });
  }

  /** A database that cannot be written now keeps what an earlier start put there. */
  private seed(): void {
    try {
      this.database.use(() => {
        for (const voice of voiceBook) this.put(voice);
      }, 'transaction');
    } catch (error) {
      if (this.list().length === 0) throw error;
    }
  }

  private put(
    { id, name, description, gender, language }: LightVoice,
    maker: Voice['maker'] = 'light-voice',
  ): void {
    const { style = '', sampleSentence = plainSampleSentence(name) } = voiceNotes[id] ?? {};
    const { number } = this.database
      .statement<{ number: number }>(
        `INSERT INTO voices (id, name, description, gender, language, style, maker, built_in, sample_sentence)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
           gender = excluded.gender, language = excluded.language, style = excluded.style,
           sample_sentence = excluded.sample_sentence, available = 1
         RETURNING number`,
      )
      .get(
        id,
        name,
        description,
        gender,
        language,
        style,
        maker,
        maker === 'light-voice' ? 1 : 0,
        sampleSentence,
      ) as { number: number };
    this.database.statement('DELETE FROM voice_search WHERE rowid = ?').run(number);
    this.database
      .statement(
        'INSERT INTO voice_search (rowid, name, description, gender, language, style) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(number, name, description, gender, language, style);
  }

  /** Voices that have every word, in one form or another. */
  private search(words: readonly VoiceWord[]): Voice[] {
    const query = words
      .map((word) => `(${word.alternatives.map(quoted).join(' OR ')}${word.known ? '' : '*'})`)
      .join(' AND ');
    const matched = `matched: ${[...new Set(words.map((word) => word.shown))].join(', ')}`;
    return this.database
      .use(() =>
        this.database
          .statement<VoiceRow>(
            `SELECT voices.* FROM voice_search JOIN voices ON voices.number = voice_search.rowid
             WHERE voice_search MATCH ? AND available = 1
             ORDER BY bm25(voice_search, 10, 1, 5, 2, 3), favourite DESC, voices.number`,
          )
          .all(query),
      )
      .map((row) => ({ ...voiceOf(row), matched }));
  }

  /** Voices that have at least one of the words, most words first. */
  private someOf(words: readonly VoiceWord[]): Voice[] {
    const found = new Map<string, { voice: Voice; shown: string[] }>();
    for (const word of words) {
      for (const voice of this.search([word])) {
        const entry = found.get(voice.id) ?? { voice, shown: [] };
        entry.shown.push(word.shown);
        found.set(voice.id, entry);
      }
    }
    return [...found.values()]
      .sort((a, b) => b.shown.length - a.shown.length)
      .map(({ voice, shown }) => ({ ...voice, matched: `matched: ${[...new Set(shown)].join(', ')}` }));
  }

  private rows(where: string, ...values: unknown[]): VoiceRow[] {
    return this.database.use(() =>
      this.database
        .statement<VoiceRow>(
          `SELECT * FROM voices WHERE available = 1 ${where} ORDER BY favourite DESC, number`,
        )
        .all(...values),
    );
  }
}

function quoted(word: string): string {
  return `"${word.replaceAll('"', ' ')}"`;
}

function voiceOf(row: VoiceRow): Voice {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    gender: row.gender,
    language: row.language,
    maker: row.maker,
    builtIn: row.built_in === 1,
    favourite: row.favourite === 1,
  };
}
