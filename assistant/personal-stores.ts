import type { AssistantDatabase } from './database/assistant-database.ts';
import { Schedule, runtimeTimer } from './schedule/schedule.ts';
import { ScheduleStore } from './schedule/schedule-store.ts';
import type { FiredItem } from './schedule/scheduled-item.ts';
import { Notes } from './tools/lists/notes.ts';
import { ShoppingList } from './tools/lists/shopping-list.ts';
import { ToDos } from './tools/lists/to-dos.ts';

export interface PersonalStoresOptions {
  readonly database: AssistantDatabase;
  readonly now: () => number;
  readonly timeZone: () => string;
  /** False where another Sotto does it, or nobody would hear it. */
  readonly rings: boolean;
  readonly onFire: (fired: FiredItem) => void;
}

/** The person's own things in the database; begun anew when the database was replaced. */
export class PersonalStores {
  private readonly options: PersonalStoresOptions;
  private isRinging = false;
  schedule!: Schedule;
  notes!: Notes;
  shoppingList!: ShoppingList;
  toDos!: ToDos;

  constructor(options: PersonalStoresOptions) {
    this.options = options;
    this.begin();
    options.database.onReplaced(() => {
      this.schedule.stop();
      this.begin();
      if (this.isRinging) this.schedule.start();
    });
  }

  /** From now on what falls due rings; what was missed rings at once. */
  startRinging(): void {
    if (!this.options.rings) return;
    this.isRinging = true;
    this.schedule.start();
  }

  stop(): void {
    this.isRinging = false;
    this.schedule.stop();
  }

  private begin(): void {
    const { connection } = this.options.database;
    const { now, timeZone, onFire } = this.options;
    const store = new ScheduleStore(connection);
    this.schedule = new Schedule({ store, now, timeZone, setTimer: runtimeTimer, onFire });
    this.notes = new Notes(connection);
    this.shoppingList = new ShoppingList(connection);
    this.toDos = new ToDos(connection);
  }
}
