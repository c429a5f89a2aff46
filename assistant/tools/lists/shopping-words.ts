/** Common things of one or more words, so that "milk eggs" can be told from "olive oil". */
const KNOWN_THINGS: ReadonlySet<string> = new Set(
  [
    'milk, bread, eggs, butter, cheese, apples, bananas, oranges, lemons, limes, grapes, strawberries',
    'blueberries, raspberries, pears, peaches, plums, cherries, pineapple, mango, watermelon, avocados',
    'tomatoes, potatoes, onions, garlic, carrots, celery, broccoli, cauliflower, spinach, lettuce, cabbage',
    'cucumbers, peppers, mushrooms, zucchini, corn, peas, beans, lentils, rice, pasta, spaghetti, noodles',
    'flour, sugar, salt, pepper, olive oil, vegetable oil, vinegar, honey, jam, peanut butter, cereal',
    'oatmeal, yogurt, cream, sour cream, ice cream, chicken, chicken breast, beef, ground beef, pork, bacon',
    'ham, sausages, turkey, salmon, tuna, shrimp, fish, tofu, coffee, tea, green tea, orange juice',
    'apple juice, water, sparkling water, soda, beer, wine, red wine, white wine, chocolate, cookies',
    'crackers, chips, popcorn, nuts, almonds, walnuts, raisins, candy, cake, bagels, tortillas',
    'hamburger buns, hot dogs, pizza, frozen pizza, soup, tomato sauce, soy sauce, ketchup, mustard',
    'mayonnaise, cinnamon, vanilla, basil, parsley, ginger, toilet paper, paper towels, napkins, tissues',
    'soap, dish soap, shampoo, conditioner, toothpaste, toothbrush, deodorant, laundry detergent, bleach',
    'sponges, trash bags, light bulbs, batteries, candles, matches, aluminum foil, plastic wrap, cat food',
    'dog food, cat litter, bird seed, diapers, baby food, vitamins, aspirin, band aids, sunscreen, flowers',
    'stamps, envelopes, pens, notebook, tape, glue, socks',
  ]
    .join(', ')
    .split(', '),
);
const KEPT_TOGETHER = ['macaroni and cheese', 'fish and chips', 'salt and vinegar chips', 'mac and cheese'];
const ARTICLES = /^(a|an|the|some|more|any) /;

/** "milk eggs and bread" -> milk, eggs, bread; "a bottle of olive oil" stays whole. */
export function splitItems(phrase: string): string[] {
  const text = phrase.trim().toLowerCase().replace(/\s+/g, ' ');
  if (text === '') return [];
  if (KEPT_TOGETHER.includes(text)) return [text];
  return text
    .split(/,| and /)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => splitRow(part))
    .map((item) => item.replace(/^(some|more|any|the) /, ''));
}

/** "milk eggs", said without a pause, where both are things of their own. */
function splitRow(part: string): string[] {
  const words = part.replace(ARTICLES, '').split(' ');
  if (words.length < 2 || words.includes('of') || KNOWN_THINGS.has(words.join(' '))) return [part];
  for (let split = 1; split < words.length; split++) {
    const pair = [words.slice(0, split).join(' '), words.slice(split).join(' ')];
    if (pair.every((one) => KNOWN_THINGS.has(one.replace(ARTICLES, '')))) return pair;
  }
  return [part];
}

/** "the eggs" and "a dozen eggs" are both the eggs on the list. */
export function sameItem(listed: string, named: string): boolean {
  const [a, b] = [bare(listed), bare(named)];
  return a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`);
}

function bare(item: string): string {
  return item
    .trim()
    .toLowerCase()
    .replace(ARTICLES, '')
    .split(' ')
    .map((word) => word.replace(/(?<=[a-z]{3})(es|s)$/, ''))
    .join(' ');
}
