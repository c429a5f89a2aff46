export const portuguese = `
hello | olá | oh lah
goodbye | adeus | ah deh oosh
good morning | bom dia | bohn dee ah
good afternoon | boa tarde | boh ah tar deh
good evening | boa noite | boh ah noy teh
good night | boa noite | boh ah noy teh
thank you | obrigado | oh bree gah doo
thank you very much | muito obrigado | mween too oh bree gah doo
you're welcome | de nada | deh nah dah
please | por favor | poor fah vor
yes | sim | seen
no | não | now
excuse me | com licença | kohn lee sen sah
i'm sorry | desculpe | desh kool peh
how are you | como está? | koh moo esh tah
what is your name | como se chama? | koh moo seh shah mah
nice to meet you | prazer em conhecê-lo | prah zair en koh nyeh seh loo
where is the bathroom | onde fica a casa de banho? | on deh fee kah ah kah zah deh bah nyo
where is the train station | onde fica a estação de comboios? | on deh fee kah ah esh tah sow deh kohn boy oosh
where is the airport | onde fica o aeroporto? | on deh fee kah oo air oh por too
where is the hotel | onde fica o hotel? | on deh fee kah oo oh tel
where is the hospital | onde fica o hospital? | on deh fee kah oo osh pee tahl
how much is this | quanto custa? | kwan too koosh tah
i love you | amo-te | ah moo teh
i need help | preciso de ajuda | preh see zoo deh ah zhoo dah
i need a doctor | preciso de um médico | preh see zoo deh oom meh dee koo
i'm hungry | tenho fome | ten nyo foh meh
i'm thirsty | tenho sede | ten nyo seh deh
do you speak english | fala inglês? | fah lah een glesh
i don't understand | não entendo | now en ten doo
can you help me | pode ajudar-me? | poh deh ah zhoo dar meh
the check please | a conta, por favor | ah kon tah poor fah vor
one coffee please | um café, por favor | oom kah feh poor fah vor
one beer please | uma cerveja, por favor | oo mah sair veh zhah poor fah vor
see you tomorrow | até amanhã | ah teh ah mah nyan
see you later | até logo | ah teh loh goo
happy birthday | feliz aniversário | feh leesh ah nee vair sah ree oo
merry christmas | feliz Natal | feh leesh nah tahl
congratulations | parabéns | pah rah bensh
cheers | saúde | sah oo deh
good luck | boa sorte | boh ah sor teh
what time is it | que horas são? | keh oh rahsh sow
water | água | ah gwah
bread | pão | pow
friend | amigo | ah mee goo
house | casa | kah zah
dog | cão | kow
cat | gato | gah too
`;
