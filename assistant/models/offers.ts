import type { Settings } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { Offer } from './download/offer.ts';
import { ownOffer } from './download/own-offer.ts';

/** Everything that can be fetched: the official checkpoints, and what the person added. */
export class Offers {
  private readonly official: readonly Offer[];
  private readonly settings: () => Settings;
  private readonly updateSettings: (patch: Partial<Settings>) => void;

  constructor(
    official: readonly Offer[],
    settings: () => Settings,
    updateSettings: (patch: Partial<Settings>) => void,
  ) {
    this.official = official;
    this.settings = settings;
    this.updateSettings = updateSettings;
  }

  all(): readonly Offer[] {
    return [...this.official, ...this.settings().models.own.flatMap((address) => validOffer(address) ?? [])];
  }

  /** Throws UserError `offer-missing`. */
  require(offerId: string): Offer {
    const offer = this.all().find(({ id }) => id === offerId);
    if (!offer) throw new UserError('offer-missing', { offer: offerId });
    return offer;
  }

  /** Returns its id; of one that is known already, that one's. Throws UserError `address-not-understood`. */
  add(address: string): string {
    const offer = ownOffer(address);
    const known = this.all().find((one) => one.id === offer.id || isSame(one, offer));
    if (known) return known.id;
    const { models } = this.settings();
    this.updateSettings({ models: { ...models, own: [...models.own, address.trim()] } });
    return offer.id;
  }

  remove(offerId: string): void {
    const { models } = this.settings();
    const own = models.own.filter((address) => validOffer(address)?.id !== offerId);
    this.updateSettings({ models: { ...models, own } });
  }
}

/** Addresses of the settings file may be anything. */
function validOffer(address: string): Offer | undefined {
  try {
    return ownOffer(address);
  } catch {
    return undefined;
  }
}

function isSame(one: Offer, other: Offer): boolean {
  const isSameOrigin = one.origin.toLowerCase() === other.origin.toLowerCase();
  return isSameOrigin && (!other.revision || one.revision === other.revision);
}
