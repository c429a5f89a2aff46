export const italian = `
hello | ciao | chow
goodbye | arrivederci | ah ree veh dair chee
good morning | buongiorno | bwon jor no
good afternoon | buon pomeriggio | bwon po meh ree joe
good evening | buonasera | bwoh nah seh rah
good night | buonanotte | bwoh nah not teh
thank you | grazie | grah tsee eh
thank you very much | grazie mille | grah tsee eh mee leh
you're welcome | prego | preh go
please | per favore | pair fah voh reh
yes | sì | see
no | no | no
excuse me | mi scusi | mee skoo zee
i'm sorry | mi dispiace | mee dees pee ah cheh
how are you | come sta? | koh meh stah
what is your name | come si chiama? | koh meh see kee ah mah
nice to meet you | piacere | pee ah cheh reh
where is the bathroom | dov'è il bagno? | doh veh eel bah nyo
where is the train station | dov'è la stazione? | doh veh lah stah tsee oh neh
where is the airport | dov'è l'aeroporto? | doh veh lah air oh por toe
where is the hotel | dov'è l'albergo? | doh veh lahl bair go
where is the hospital | dov'è l'ospedale? | doh veh lo speh dah leh
where is the pharmacy | dov'è la farmacia? | doh veh lah far mah chee ah
how much is this | quanto costa? | kwahn toe koh stah
i love you | ti amo | tee ah mo
i need help | ho bisogno di aiuto | oh bee zoh nyo dee ah yoo toe
i need a doctor | ho bisogno di un medico | oh bee zoh nyo dee oon meh dee ko
i'm lost | mi sono perso | mee so no pair so
i'm hungry | ho fame | oh fah meh
i'm thirsty | ho sete | oh seh teh
do you speak english | parla inglese? | par lah een gleh zeh
i don't understand | non capisco | non kah pee sko
can you help me | può aiutarmi? | pwoh ah yoo tar mee
the check please | il conto, per favore | eel kon toe pair fah voh reh
one coffee please | un caffè, per favore | oon kah feh pair fah voh reh
one beer please | una birra, per favore | oo nah bee rrah pair fah voh reh
see you tomorrow | a domani | ah doe mah nee
see you later | a dopo | ah doh po
happy birthday | buon compleanno | bwon kom pleh ah no
merry christmas | buon Natale | bwon nah tah leh
happy new year | buon anno | bwon ah no
congratulations | congratulazioni | kon grah too lah tsee oh nee
cheers | salute | sah loo teh
good luck | buona fortuna | bwoh nah for too nah
what time is it | che ore sono? | keh oh reh so no
welcome | benvenuto | ben veh noo toe
water | acqua | ah kwah
bread | pane | pah neh
friend | amico | ah mee ko
house | casa | kah zah
dog | cane | kah neh
cat | gatto | gah toe
turn left | giri a sinistra | jee ree ah see nee strah
turn right | giri a destra | jee ree ah deh strah
call the police | chiami la polizia | kee ah mee lah po lee tsee ah
`;
