/** Languages of which only the commonest courtesies are known. */
export const dutch = `
hello | hallo | hah low
goodbye | tot ziens | tot zeens
good morning | goedemorgen | hoo deh mor hen
good night | welterusten | vel teh rus ten
thank you | dank u wel | dahnk oo vel
please | alstublieft | ahl stoo bleeft
yes | ja | yah
no | nee | nay
i'm sorry | sorry | sorry
i love you | ik hou van jou | ick how fahn yow
cheers | proost | prohst
`;
export const swedish = `
hello | hej | hey
goodbye | hej då | hey doh
good morning | god morgon | good mor on
good night | god natt | good naht
thank you | tack | tahk
please | tack | tahk
yes | ja | yah
no | nej | nay
i'm sorry | förlåt | fur loht
i love you | jag älskar dig | yah el skar day
cheers | skål | skohl
`;
export const norwegian = `
hello | hei | hi
goodbye | ha det | hah deh
good morning | god morgen | goo mor en
good night | god natt | goo naht
thank you | takk | tahk
yes | ja | yah
no | nei | nigh
i love you | jeg elsker deg | yigh el sker die
cheers | skål | skohl
`;
export const danish = `
hello | hej | high
goodbye | farvel | far vel
good morning | godmorgen | go morn
good night | godnat | go naht
thank you | tak | tahk
yes | ja | yah
no | nej | nigh
i love you | jeg elsker dig | yigh el sker die
cheers | skål | skohl
`;
export const finnish = `
hello | hei | hey
goodbye | näkemiin | nack eh mean
good morning | hyvää huomenta | hoo vah hwo men tah
good night | hyvää yötä | hoo vah oo ur tah
thank you | kiitos | key toss
yes | kyllä | kool lah
no | ei | ay
i love you | minä rakastan sinua | mee nah rah kah stahn see noo ah
cheers | kippis | kip piss
`;
export const polish = `
hello | cześć | cheshch
goodbye | do widzenia | doe veed zen yah
good morning | dzień dobry | jen doh bree
good night | dobranoc | doe brah nots
thank you | dziękuję | jen koo yeh
please | proszę | proh sheh
yes | tak | tahk
no | nie | nyeh
i'm sorry | przepraszam | psheh prah shahm
i love you | kocham cię | koh hahm cheh
cheers | na zdrowie | nah zdroh vyeh
`;
export const russian = `
hello | здравствуйте | zdrahst vooy tyeh
goodbye | до свидания | dah svee dah nya
good morning | доброе утро | doh bra yeh oo tra
good night | спокойной ночи | spah koy noy noh chee
thank you | спасибо | spah see bah
please | пожалуйста | pah zhal sta
yes | да | dah
no | нет | nyet
i'm sorry | извините | eez vee nee tyeh
i love you | я тебя люблю | ya tee bya loo blue
cheers | за здоровье | zah zdah roh vyeh
`;
export const ukrainian = `
hello | привіт | pree veet
goodbye | до побачення | doe poh bah chen nya
good morning | доброго ранку | doh bro ho rahn koo
thank you | дякую | dya koo yoo
please | будь ласка | bood lah ska
yes | так | tahk
no | ні | nee
i love you | я тебе кохаю | ya teh beh ko ha yoo
`;
export const czech = `
hello | ahoj | ah hoy
goodbye | na shledanou | nah skleh dah no
good morning | dobré ráno | doh breh rah no
good night | dobrou noc | doh bro nots
thank you | děkuji | dyeh koo yee
please | prosím | pro seem
yes | ano | ah no
no | ne | neh
i love you | miluji tě | mee loo yee tyeh
cheers | na zdraví | nah zdrah vee
`;
export const hungarian = `
hello | szia | see ah
goodbye | viszontlátásra | vee sont lah tahsh rah
good morning | jó reggelt | yoh reg gelt
good night | jó éjszakát | yoh ay sah kaht
thank you | köszönöm | kuh suh num
please | kérem | kay rem
yes | igen | ee gen
no | nem | nem
i love you | szeretlek | seh ret lek
`;
export const greek = `
hello | γεια σας | yah sahs
goodbye | αντίο | ahn dee oh
good morning | καλημέρα | kah lee meh rah
good evening | καλησπέρα | kah lee speh rah
good night | καληνύχτα | kah lee neek tah
thank you | ευχαριστώ | ef ha ree stoe
please | παρακαλώ | pah rah kah lo
yes | ναι | neh
no | όχι | oh hee
i love you | σ' αγαπώ | sah gah po
cheers | στην υγειά μας | steen ee yah mahs
`;
export const turkish = `
hello | merhaba | mair hah bah
goodbye | hoşça kalın | hosh chah kah lun
good morning | günaydın | goo nigh dun
good night | iyi geceler | ee yee geh jeh lair
thank you | teşekkür ederim | teh shek kur eh deh reem
please | lütfen | loot fen
yes | evet | eh vet
no | hayır | hah yur
i love you | seni seviyorum | seh nee seh vee yo room
cheers | şerefe | sheh reh feh
`;
export const arabic = `
hello | مرحبا | mar ha ba
goodbye | مع السلامة | ma ah sa la ma
good morning | صباح الخير | sa bah al kair
good evening | مساء الخير | ma sah al kair
thank you | شكرا | shoo kran
please | من فضلك | min fad lak
yes | نعم | na am
no | لا | lah
`;
export const hebrew = `
hello | שלום | shah lome
goodbye | להתראות | leh heet rah ote
good morning | בוקר טוב | boh ker tove
good night | לילה טוב | lie lah tove
thank you | תודה | toe dah
please | בבקשה | beh vah kah shah
yes | כן | ken
no | לא | lo
cheers | לחיים | leh high eem
`;
export const hindi = `
hello | नमस्ते | nah mah stay
goodbye | अलविदा | ahl vee dah
good night | शुभ रात्रि | shoob rah tree
thank you | धन्यवाद | dun ya vahd
please | कृपया | krip ya
yes | हाँ | hah
no | नहीं | nah hee
`;
export const korean = `
hello | 안녕하세요 | ahn yung hah say yo
goodbye | 안녕히 가세요 | ahn yung hee gah say yo
good night | 안녕히 주무세요 | ahn yung hee joo moo say yo
thank you | 감사합니다 | kahm sah hahm nee dah
yes | 네 | neh
no | 아니요 | ah nee yo
i'm sorry | 죄송합니다 | chway song hahm nee dah
i love you | 사랑해요 | sah rahng heh yo
cheers | 건배 | gun beh
`;
export const vietnamese = `
hello | xin chào | sin chow
goodbye | tạm biệt | tahm bee et
thank you | cảm ơn | kahm un
i'm sorry | xin lỗi | sin loy
`;
export const indonesian = `
hello | halo | hah low
goodbye | selamat tinggal | seh lah maht ting gahl
good morning | selamat pagi | seh lah maht pah gee
good night | selamat malam | seh lah maht mah lahm
thank you | terima kasih | teh ree mah kah see
please | tolong | toe long
yes | ya | yah
no | tidak | tee dahk
i love you | aku cinta kamu | ah koo chin tah kah moo
`;
export const latin = `
hello | salve | sahl weh
goodbye | vale | wah leh
thank you | gratias tibi ago | grah tee ahs tee bee ah go
yes | ita | ee tah
no | non | nohn
i love you | te amo | teh ah mo
`;
export const irish = `
hello | dia dhuit | dee ah gwit
goodbye | slán | slawn
thank you | go raibh maith agat | guh rev mah ah gut
please | le do thoil | leh duh hull
cheers | sláinte | slawn cheh
`;
export const welsh = `
hello | helo | hello
goodbye | hwyl | hoo ill
good morning | bore da | boh reh dah
good night | nos da | nohs dah
thank you | diolch | dee olk
cheers | iechyd da | yeh chid dah
`;
