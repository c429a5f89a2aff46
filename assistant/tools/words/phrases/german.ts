export const german = `
hello | hallo | hah low
goodbye | auf Wiedersehen | owf vee der zayn
good morning | guten Morgen | goo ten mor gen
good afternoon | guten Tag | goo ten tahk
good evening | guten Abend | goo ten ah bent
good night | gute Nacht | goo teh nahkt
thank you | danke | dahn keh
thank you very much | vielen Dank | fee len dahnk
you're welcome | gern geschehen | gairn geh shay en
please | bitte | bit teh
yes | ja | yah
no | nein | nine
excuse me | Entschuldigung | ent shool dee goong
i'm sorry | es tut mir leid | es toot meer light
how are you | wie geht es Ihnen? | vee gate es ee nen
what is your name | wie heißen Sie? | vee high sen zee
nice to meet you | freut mich | froyt mish
where is the bathroom | wo ist die Toilette? | vo ist dee twah let teh
where is the train station | wo ist der Bahnhof? | vo ist dair bahn hofe
where is the airport | wo ist der Flughafen? | vo ist dair flook hah fen
where is the hotel | wo ist das Hotel? | vo ist dahs ho tel
where is the hospital | wo ist das Krankenhaus? | vo ist dahs krahn ken house
where is the pharmacy | wo ist die Apotheke? | vo ist dee ah po tay keh
how much is this | was kostet das? | vahs kos tet dahs
i love you | ich liebe dich | ish lee beh dish
i need help | ich brauche Hilfe | ish brow keh hil feh
i need a doctor | ich brauche einen Arzt | ish brow keh eye nen artst
i'm lost | ich habe mich verlaufen | ish hah beh mish fair lau fen
i'm hungry | ich habe Hunger | ish hah beh hoong er
i'm thirsty | ich habe Durst | ish hah beh doorst
do you speak english | sprechen Sie Englisch? | shpreh shen zee eng lish
i don't understand | ich verstehe nicht | ish fair shtay eh nisht
can you help me | können Sie mir helfen? | kuhn en zee meer hel fen
the check please | die Rechnung, bitte | dee resh noong bit teh
one coffee please | einen Kaffee, bitte | eye nen kah fay bit teh
one beer please | ein Bier, bitte | ine beer bit teh
see you tomorrow | bis morgen | biss mor gen
see you later | bis später | biss shpay ter
happy birthday | alles Gute zum Geburtstag | ah les goo teh tsoom geh boorts tahk
merry christmas | frohe Weihnachten | fro eh vie nahk ten
happy new year | frohes neues Jahr | fro es noy es yar
congratulations | herzlichen Glückwunsch | hairts lee shen glook voonsh
cheers | prost | prohst
good luck | viel Glück | feel glook
what time is it | wie spät ist es? | vee shpate ist es
welcome | willkommen | vil kom men
water | Wasser | vah ser
bread | Brot | broht
friend | Freund | froynt
house | Haus | house
dog | Hund | hoont
cat | Katze | kaht seh
turn left | biegen Sie links ab | bee gen zee links ahp
turn right | biegen Sie rechts ab | bee gen zee reshts ahp
call the police | rufen Sie die Polizei | roo fen zee dee po lee tsigh
`;
