/** One line a word: the word, a colon, and what it means in our own words; made to be read aloud. */
export const glossaryEntries = `
airplane: a machine with wings and engines that flies people and goods
algorithm: a series of clear steps that solves a problem
ambiguous: having more than one possible meaning
anger: the strong feeling of having been wronged or hindered
apple: a round, crisp fruit that grows on trees
arbitrary: decided by chance or whim, without a good reason
banana: a long, curved, yellow fruit with a soft inside
battery: something that stores energy and gives it off as electricity
beauty: the quality that makes something a delight to see, hear or think about
benevolent: wishing others well and acting kindly
bicycle: a vehicle with two wheels that you move with your feet
blanket: a large, warm cloth to lie under
bottle: a narrow-necked vessel for liquids
butterfly: an insect with large, often colorful wings that begins life as a caterpillar
calendar: a list or table of the days, weeks and months of a year
camera: a device that takes pictures
carbon: the chemical element that all living things, coal and diamonds are built on
catastrophe: a sudden and terrible disaster
cherry: a small, round, red fruit with a stone
chocolate: a sweet food made from roasted cocoa beans
chronic: lasting for a very long time, or coming back again and again
coherent: fitting together in a clear and sensible way
colonel: an officer of high rank in an army, just below a general
comet: a body of ice and dust that grows a glowing tail near the sun
compassion: feeling for those who suffer, and wanting to help them
complex: made of many parts that depend on each other
computer: a machine that stores information and follows instructions to work with it
conscience: the inner sense of what is right and wrong
conscious: awake, or aware of what is going on
courage: the strength to do something although you are afraid
crocodile: a large reptile with a long jaw that lives in warm rivers
debt: something, mostly money, that is owed to somebody
democracy: a way of governing in which the people choose who decides
desert: a place where so little rain falls that few plants can grow
dilemma: a choice between two things that both have drawbacks
dolphin: a clever sea animal that breathes air and swims in groups
doubt: the feeling of not being sure
eagle: a large bird of prey with very sharp eyes
electron: a tiny particle with a negative charge that belongs to an atom
elephant: the largest land animal, with a long trunk and big ears
eloquent: able to speak well and persuade others
embarrass: to make somebody feel awkward or ashamed
empathy: understanding and sharing what somebody else feels
energy: the ability to move, heat or change something
engine: a machine that turns fuel or electricity into movement
enigma: a person or thing that is hard to understand
entropy: a measure of disorder, or of how spread out energy is
environment: everything that surrounds a person, an animal or a plant
ephemeral: lasting only a very short time
eternal: without beginning or end
euphoria: a feeling of very great happiness
exercise: activity that keeps the body fit, or a task for practice
faith: strong trust or belief, also without proof
falcon: a fast bird of prey with pointed wings
foreign: belonging to another country
fragile: easily broken
freedom: being able to choose and act without being hindered
friend: a person you know well and like
frugal: careful not to spend or use more than needed
furniture: things such as tables, chairs and beds that make a room useful
galaxy: a huge group of stars held together by gravity
garage: a building for keeping or mending cars
giraffe: a tall African animal with a very long neck
government: the people who run a country or a town
grammar: the rules by which a language puts its words together
gratitude: the feeling of being thankful
gravity: the force that pulls things toward each other, and us toward the ground
gullible: believing things too easily
happiness: the feeling of being glad and content
harass: to bother somebody again and again
helium: a very light gas that makes balloons rise
hippopotamus: a big, heavy African animal that spends its days in the water
honesty: telling the truth and not cheating
hope: the feeling that something good may happen
hydrogen: the lightest chemical element, and one of the two that water is made of
hypocrisy: demanding of others what one does not do oneself
hypothesis: a careful guess that can be tested
imminent: about to happen very soon
independent: not ruled by others, and able to stand alone
inflation: a general rise of prices, so that money buys less
integrity: being honest and true to one's principles
intrinsic: belonging to the very nature of a thing
irony: saying one thing while meaning another, or an outcome opposite to what was expected
island: land with water all around it
jargon: words that only people of one trade understand
jealousy: the fear of losing to somebody else what one loves, or the wish to have what others have
jewelry: rings, chains and other ornaments that people wear
justice: fairness in the way people are treated
keyboard: a row or board of keys for writing or making music
kindness: being friendly, helpful and gentle
kitchen: the room where food is cooked
knife: a tool with a blade for cutting
knowledge: what somebody knows or has learned
legacy: what somebody leaves behind for those who come later
lemon: a sour, yellow fruit
library: a place that keeps books for people to read and borrow
license: an official permission to do something
lobster: a sea animal with a hard shell and two large claws
love: a deep feeling of affection and care
loyalty: standing by somebody or something, also in hard times
maintenance: the work that keeps something in good order
melancholy: a quiet, lasting sadness
mercy: kindness toward somebody who could be punished
metabolism: all the chemical processes that keep a body alive
metaphor: describing a thing as if it were another, such as calling the world a stage
meticulous: very careful about every detail
millennium: a time of one thousand years
mirror: a smooth surface that shows what stands in front of it
molecule: two or more atoms bound together
mountain: a very high piece of land with steep sides
muscle: the tissue in a body that pulls to make it move
necessary: needed, so that one cannot do without it
neighbor: a person who lives next door or nearby
nostalgia: a warm and slightly sad longing for the past
notorious: well known for something bad
novice: a beginner
obsolete: no longer used, because something newer has taken its place
occasion: a special time or event, or a good moment for something
ocean: a very large sea of salt water
octopus: a sea animal with eight arms and a soft body
optimist: a person who expects good things to happen
orange: a round, juicy citrus fruit, or its color
oxygen: the gas in the air that we need to breathe
parallel: running side by side, always at the same distance
paradox: a statement that seems to contradict itself and may still be true
patience: the ability to wait or to bear trouble calmly
penguin: a bird of the south that cannot fly but swims very well
pessimist: a person who expects bad things to happen
philosophy: the search for answers to the deepest questions about the world, knowledge and life
photosynthesis: the way in which plants use sunlight to make sugar from water and carbon dioxide
pillow: a soft cushion to rest the head on
planet: a large round body that travels around a star
possession: something that somebody owns
pragmatic: guided by what works rather than by ideas
prejudice: an opinion formed before knowing the facts
privilege: an advantage that only some people have
procrastinate: to put off what should be done now
profound: very deep, or showing great understanding
pronunciation: the way in which a word is spoken
prudent: careful and thinking ahead
quaint: charming in an old-fashioned way
questionnaire: a list of questions for many people to answer
queue: a line of people or things that wait for their turn
recommend: to say that something is good or should be chosen
redundant: more than what is needed
reluctant: not really willing
renaissance: a rebirth of art and learning, above all the one that began in Italy in the fourteenth century
resilience: the ability to recover from difficulties
restaurant: a place where meals are cooked and served for money
rhinoceros: a large, thick-skinned animal with one or two horns on its nose
rhythm: a regular pattern of beats or movements
rigorous: very thorough and exact
river: a large stream of water that flows to the sea or to a lake
sarcasm: mocking somebody by saying the opposite of what is meant
schedule: a plan that says what will happen when
science: the study of the world by watching, measuring and testing
scissors: a tool with two blades for cutting paper or cloth
secretary: a person who keeps letters, dates and papers in order for others
separate: not joined, or to take apart
serendipity: finding something good by happy chance
skeptic: a person who doubts things until there is good proof
solitude: being alone, often gladly
sorrow: deep sadness
spider: a small animal with eight legs, which often spins a web
spontaneous: done on the spur of the moment
squirrel: a small animal with a bushy tail that lives in trees and hides nuts
stoic: bearing pain or trouble without complaint
subtle: so fine or slight that it is hard to notice
succeed: to reach what one has tried to do
surprise: something that was not expected
tedious: long, slow and boring
telephone: a device for talking with somebody far away
television: a device that shows moving pictures sent from elsewhere
tenacious: holding on firmly and not giving up
tiger: the largest wild cat, with orange fur and black stripes
trivial: of very little importance
truth: what agrees with the facts
ubiquitous: seeming to be everywhere
umbrella: a folding roof on a stick that keeps off the rain
vacuum: a space with nothing in it, not even air
vague: not clear or exact
vehicle: anything that carries people or goods from one place to another
verbose: using more words than needed
versatile: able to do many different things well
virtue: a good quality of character
vivid: very bright, lively or clear
volcano: a mountain out of which hot melted rock and ash can break
weird: very strange
whimsical: playful and full of odd fancies
window: an opening in a wall that lets in light and air
wisdom: good judgment that comes from experience
wolf: a wild animal that looks like a large dog and hunts in packs
yacht: a boat for pleasure or racing
zealous: full of eager energy for a cause
`;
