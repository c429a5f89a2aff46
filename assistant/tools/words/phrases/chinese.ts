export const chinese = `
hello | 你好 | nee how
goodbye | 再见 | dzai jyen
good morning | 早上好 | dzow shahng how
good afternoon | 下午好 | shyah woo how
good evening | 晚上好 | wahn shahng how
good night | 晚安 | wahn ahn
thank you | 谢谢 | shyeh shyeh
thank you very much | 非常感谢 | fay chahng gahn shyeh
you're welcome | 不客气 | boo kuh chee
please | 请 | ching
yes | 是 | shr
no | 不是 | boo shr
excuse me | 请问 | ching wun
i'm sorry | 对不起 | dway boo chee
how are you | 你好吗？ | nee how mah
what is your name | 你叫什么名字？ | nee jyow shun muh ming dz
nice to meet you | 很高兴认识你 | hun gow shing run shr nee
where is the bathroom | 洗手间在哪里？ | shee show jyen dzai nah lee
where is the train station | 火车站在哪里？ | hwo chuh jahn dzai nah lee
where is the airport | 机场在哪里？ | jee chahng dzai nah lee
where is the hotel | 酒店在哪里？ | jyoh dyen dzai nah lee
where is the hospital | 医院在哪里？ | ee yuen dzai nah lee
how much is this | 这个多少钱？ | juh guh dwo show chyen
i love you | 我爱你 | wo eye nee
i need help | 我需要帮助 | wo shoo yow bahng joo
i need a doctor | 我需要医生 | wo shoo yow ee shung
i'm lost | 我迷路了 | wo mee loo luh
i'm hungry | 我饿了 | wo uh luh
do you speak english | 你会说英语吗？ | nee hway shwo ying yoo mah
i don't understand | 我不明白 | wo boo ming bye
can you help me | 你能帮我吗？ | nee nung bahng wo mah
the check please | 买单 | my dahn
see you tomorrow | 明天见 | ming tyen jyen
happy birthday | 生日快乐 | shung er kwai luh
merry christmas | 圣诞快乐 | shung dahn kwai luh
happy new year | 新年快乐 | shin nyen kwai luh
congratulations | 恭喜 | gong shee
cheers | 干杯 | gahn bay
good luck | 祝你好运 | joo nee how yoon
what time is it | 几点了？ | jee dyen luh
welcome | 欢迎 | hwahn ying
water | 水 | shway
bread | 面包 | myen bow
friend | 朋友 | pung yo
house | 房子 | fahng dz
dog | 狗 | go
cat | 猫 | mow
`;
