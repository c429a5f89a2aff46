export const viewNames = ['talk', 'history', 'voices', 'models', 'settings'] as const;
export type ViewName = (typeof viewNames)[number];

/** Which view is shown. */
export class Navigation {
  view = $state<ViewName>('talk');

  go(view: ViewName): void {
    this.view = view;
  }
}
