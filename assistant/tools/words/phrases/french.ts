export const french = `
hello | bonjour | bohn zhoor
goodbye | au revoir | oh ruh vwahr
good morning | bonjour | bohn zhoor
good afternoon | bonjour | bohn zhoor
good evening | bonsoir | bohn swahr
good night | bonne nuit | bun nwee
thank you | merci | mair see
thank you very much | merci beaucoup | mair see boh koo
you're welcome | de rien | duh ree en
please | s'il vous plaît | seal voo play
yes | oui | wee
no | non | noh
excuse me | excusez-moi | ex koo zay mwah
i'm sorry | je suis désolé | zhuh swee day zo lay
how are you | comment allez-vous ? | koh mohn tah lay voo
what is your name | comment vous appelez-vous ? | koh mohn voo zah play voo
nice to meet you | enchanté | ahn shahn tay
where is the bathroom | où sont les toilettes ? | oo sohn lay twah let
where is the train station | où est la gare ? | oo ay lah gahr
where is the airport | où est l'aéroport ? | oo ay lah air oh por
where is the hotel | où est l'hôtel ? | oo ay low tel
where is the hospital | où est l'hôpital ? | oo ay low pee tahl
where is the pharmacy | où est la pharmacie ? | oo ay lah far mah see
how much is this | c'est combien ? | say kohm bee en
i love you | je t'aime | zhuh tem
i need help | j'ai besoin d'aide | zhay buh zwen ded
i need a doctor | j'ai besoin d'un médecin | zhay buh zwen dun made sen
i'm lost | je suis perdu | zhuh swee pair doo
i'm hungry | j'ai faim | zhay fan
i'm thirsty | j'ai soif | zhay swahf
do you speak english | parlez-vous anglais ? | par lay voo ahn glay
i don't understand | je ne comprends pas | zhuh nuh kohm prahn pah
can you help me | pouvez-vous m'aider ? | poo vay voo may day
the check please | l'addition, s'il vous plaît | lah dee see ohn seal voo play
one coffee please | un café, s'il vous plaît | un kah fay seal voo play
one beer please | une bière, s'il vous plaît | oon bee air seal voo play
see you tomorrow | à demain | ah duh men
see you later | à plus tard | ah ploo tar
happy birthday | joyeux anniversaire | zhwah yuh zah nee vair sair
merry christmas | joyeux Noël | zhwah yuh no el
happy new year | bonne année | bun ah nay
congratulations | félicitations | fay lee see tah see ohn
cheers | santé | sahn tay
good luck | bonne chance | bun shahns
what time is it | quelle heure est-il ? | kel er ay teal
welcome | bienvenue | bee en vuh noo
water | eau | oh
bread | pain | pan
friend | ami | ah mee
house | maison | may zohn
dog | chien | shee en
cat | chat | shah
turn left | tournez à gauche | toor nay ah gohsh
turn right | tournez à droite | toor nay ah drwaht
call the police | appelez la police | ah play lah poh lees
`;
