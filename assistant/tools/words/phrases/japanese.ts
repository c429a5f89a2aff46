export const japanese = `
hello | こんにちは | kon nee chee wah
goodbye | さようなら | sah yoh nah rah
good morning | おはようございます | oh hah yoh go zah ee mahss
good afternoon | こんにちは | kon nee chee wah
good evening | こんばんは | kom bahn wah
good night | おやすみなさい | oh yah soo mee nah sigh
thank you | ありがとう | ah ree gah toe
thank you very much | ありがとうございます | ah ree gah toe go zah ee mahss
you're welcome | どういたしまして | doh ee tah shee mash teh
please | お願いします | oh neh guy shee mahss
yes | はい | high
no | いいえ | ee eh
excuse me | すみません | soo mee mah sen
i'm sorry | ごめんなさい | go men nah sigh
how are you | お元気ですか | oh gen kee dess kah
what is your name | お名前は何ですか | oh nah mah eh wah nahn dess kah
nice to meet you | はじめまして | hah jee meh mash teh
where is the bathroom | トイレはどこですか | toy reh wah doh ko dess kah
where is the train station | 駅はどこですか | eh kee wah doh ko dess kah
where is the airport | 空港はどこですか | koo koh wah doh ko dess kah
where is the hotel | ホテルはどこですか | ho teh roo wah doh ko dess kah
where is the hospital | 病院はどこですか | byoh een wah doh ko dess kah
how much is this | いくらですか | ee koo rah dess kah
i love you | 愛しています | eye shtay ee mahss
i need help | 助けてください | tah skeh teh koo dah sigh
i'm lost | 道に迷いました | mee chee nee mah yoy mahsh tah
i'm hungry | お腹が空きました | oh nah kah gah soo kee mahsh tah
do you speak english | 英語を話せますか | eh go oh hah nah seh mahss kah
i don't understand | わかりません | wah kah ree mah sen
can you help me | 手伝ってもらえますか | teh tsoo dah teh mo rah eh mahss kah
the check please | お会計お願いします | oh kye keh oh neh guy shee mahss
one beer please | ビールを一つください | bee roo oh hee toe tsoo koo dah sigh
see you tomorrow | また明日 | mah tah ah shtah
happy birthday | お誕生日おめでとう | oh tahn joh bee oh meh deh toe
merry christmas | メリークリスマス | meh ree koo ree soo mahss
congratulations | おめでとうございます | oh meh deh toe go zah ee mahss
cheers | 乾杯 | kahm pie
good luck | 頑張って | gahm bah teh
what time is it | 何時ですか | nahn jee dess kah
welcome | ようこそ | yoh ko so
water | 水 | mee zoo
bread | パン | pahn
friend | 友達 | toe moe dah chee
house | 家 | ee eh
dog | 犬 | ee noo
cat | 猫 | neh ko
`;
