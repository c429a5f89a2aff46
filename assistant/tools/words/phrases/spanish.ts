export const spanish = `
hello | hola | oh lah
goodbye | adiós | ah dee ohs
good morning | buenos días | bweh nohs dee ahs
good afternoon | buenas tardes | bweh nahs tar dehs
good evening | buenas noches | bweh nahs noh chehs
good night | buenas noches | bweh nahs noh chehs
thank you | gracias | grah see ahs
thank you very much | muchas gracias | moo chahs grah see ahs
you're welcome | de nada | deh nah dah
please | por favor | por fah vor
yes | sí | see
no | no | no
excuse me | disculpe | dees kool peh
i'm sorry | lo siento | lo see en toe
how are you | ¿cómo está? | koh mo es tah
what is your name | ¿cómo se llama? | koh mo seh yah mah
nice to meet you | mucho gusto | moo cho goo stoe
where is the bathroom | ¿dónde está el baño? | don deh es tah el bah nyo
where is the train station | ¿dónde está la estación de tren? | don deh es tah lah es tah see ohn deh tren
where is the airport | ¿dónde está el aeropuerto? | don deh es tah el air oh pwer toe
where is the hotel | ¿dónde está el hotel? | don deh es tah el oh tel
where is the hospital | ¿dónde está el hospital? | don deh es tah el oh spee tahl
where is the pharmacy | ¿dónde está la farmacia? | don deh es tah lah far mah see ah
how much is this | ¿cuánto cuesta? | kwan toe kwes tah
i love you | te quiero | teh kee air oh
i need help | necesito ayuda | neh seh see toe ah yoo dah
i need a doctor | necesito un médico | neh seh see toe oon meh dee ko
i'm lost | estoy perdido | es toy pair dee doe
i'm hungry | tengo hambre | ten go ahm breh
i'm thirsty | tengo sed | ten go sed
do you speak english | ¿habla inglés? | ah blah een glehs
i don't understand | no entiendo | no en tee en doe
can you help me | ¿puede ayudarme? | pweh deh ah yoo dar meh
the check please | la cuenta, por favor | lah kwen tah por fah vor
one coffee please | un café, por favor | oon kah feh por fah vor
one beer please | una cerveza, por favor | oo nah sair veh sah por fah vor
see you tomorrow | hasta mañana | ah stah mah nyah nah
see you later | hasta luego | ah stah lweh go
happy birthday | feliz cumpleaños | feh lees koom pleh ah nyohs
merry christmas | feliz Navidad | feh lees nah vee dahd
happy new year | feliz año nuevo | feh lees ah nyo nweh vo
congratulations | felicidades | feh lee see dah dehs
cheers | salud | sah lood
good luck | buena suerte | bweh nah swair teh
what time is it | ¿qué hora es? | keh oh rah es
welcome | bienvenido | bee en veh nee doe
water | agua | ah gwah
bread | pan | pahn
friend | amigo | ah mee go
house | casa | kah sah
dog | perro | peh rro
cat | gato | gah toe
turn left | gire a la izquierda | hee reh ah lah ees kee air dah
turn right | gire a la derecha | hee reh ah lah deh reh chah
call the police | llame a la policía | yah meh ah lah po lee see ah
`;
