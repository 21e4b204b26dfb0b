"""The command line's sentences in Traditional Chinese."""

SENTENCES: dict[str, str] = {
    "A small business's whole presence on social networks.": "小店在社群網路上的一切，都在這裡。",
    "Runs Hawker on this machine.": "在這台機器上啟動 Hawker。",
    "Serves the pages and the API, without a worker.": "只提供網頁和 API，不負責發布。",
    "Runs a worker, without any pages.": "只負責發布，不提供網頁。",
    "Puts everything that this installation owns into one file.": "把這套 Hawker 的所有資料備份成一個檔案。",
    "Brings back what a backup holds.": "從備份檔還原。",
    "Looks whether this installation is sound.": "檢查這套 Hawker 是否正常。",
    "Print the version.": "顯示版本。",
    "Which Hawker": "連到哪一台 Hawker",
    "Address of the server [HAWKER_URL].": "伺服器網址 [HAWKER_URL]。",
    "API key [HAWKER_KEY].": "API 金鑰 [HAWKER_KEY]。",
    "Id of the business, for the machine's own key.": "商家的 ID，使用本機金鑰時才需要。",
    "Print the server's answer as it is.": "原樣輸出伺服器的 JSON 回應。",
    "The networks, and what each asks for to connect a channel.": "列出各社群網路，以及連接頻道時要填什麼。",
    "The accounts that Hawker publishes on.": "Hawker 發布貼文的帳號。",
    "The channel's id.": "頻道的 ID。",
    "Connects an account. “hawker platforms” names the options of each network.": (
        "連接一個帳號。各網路要填的選項，請看「hawker platforms」。"
    ),
    "The network's name.": "社群網路的名稱。",
    "What the network asks for.": "該網路要你填的資料。",
    "The way to sign in, where there are several.": "登入方式有好幾種時，指定其中一種。",
    "The channels of the business.": "列出商家的頻道。",
    "Asks the network whether the channel still works.": "向社群網路確認頻道是否還能用。",
    "Forgets the channel. What was published stays on its network.": "移除頻道；已發布的貼文會留在原處。",
    "Of several accounts that the sign-in opens, this one; repeat it for more.": (
        "一次登入可用的帳號有好幾個時，指定其中一個，可重複指定。"
    ),
    "All accounts that the sign-in opens.": "這次登入可用的所有帳號。",
    "The keys of your own apps at networks.": "您在各社群網路自建應用程式的金鑰。",
    "The networks that want an app of your own, and whether its keys are stored.": (
        "列出要求自建應用程式的社群網路，以及金鑰是否已存好。"
    ),
    "What to register at the network, and what is stored.": "要在社群網路登記哪些資料，以及已存了什麼。",
    "Stores the keys of your app. “hawker app show” names its options.": (
        "儲存應用程式的金鑰。要填的選項，請看「hawker app show」。"
    ),
    "Forgets the keys. Channels that work through the app wait until there are some again.": (
        "移除金鑰；靠這個應用程式的頻道會等到再次填入金鑰為止。"
    ),
    "Removed. These channels wait until there are keys again:\n%(lines)s": (
        "已移除。下列頻道會等到再次填入金鑰為止：\n%(lines)s"
    ),
    "stored": "已存",
    "lacking": "未填",
    "%(version)s until %(day)s": "%(version)s，到 %(day)s 為止",
    "in the browser": "在瀏覽器進行",
    "KINDS": "貼文種類",
    "API": "API",
    "APP": "應用程式",
    "KEYS": "金鑰",
    "REDIRECT": "回呼網址",
    "WEBHOOK": "Webhook 網址",
    "VERIFY TOKEN": "驗證權杖",
    "RIGHTS": "權限",
    "CONSOLE": "開發者頁面",
    "Posts: written, scheduled, published.": "貼文：撰寫、排程、發布。",
    "The post's id.": "貼文的 ID。",
    "A channel; repeat it for more.": "要發布的頻道，可重複指定。",
    "What the post says.": "貼文內容。",
    "A picture or a video; repeat it for more.": "圖片或影片，可重複指定。",
    "Pictures and videos for posts.": "貼文用的圖片和影片。",
    "A picture or a video.": "圖片或影片。",
    "Adds a picture or a video; its id can be used in posts.": (
        "加入一張圖片或一段影片，之後可用它的 ID 發文。"
    ),
    "What the picture shows, in the order of --media.": "圖片的替代文字，順序與 --media 相同。",
    "Such as 2026-12-01T09:00, in the business's time zone.": "例如 2026-12-01T09:00，以商家所在時區為準。",
    "What goes on from the post; repeat it for a longer thread.": "接在貼文後面的串文，可重複指定。",
    "At the next free weekly time of each channel.": "排進佇列，在各頻道下一個空的時段發布。",
    "Weekly times that take the next post from the queue.": "每週固定時段，依序發布佇列裡的貼文。",
    "Posts that come back by a rule.": "按規則重複發布的貼文。",
    "Such as monday@09:00 friday@18:30; none clears.": "例如 monday@09:00 friday@18:30；不填就全部清空。",
    "The recurrence's id.": "重複貼文的 ID。",
    "daily, weekdays, weekly or monthly.": "daily、weekdays、weekly 或 monthly。",
    "Such as 09:00, in the business's time zone.": "例如 09:00，以商家所在時區為準。",
    "A weekday such as monday; repeat it for more.": "星期幾，例如 monday，可重複指定。",
    "Day of the month; 31 is the last one.": "每月幾號；31 是最後一天。",
    "The first day, such as 2026-12-01.": "從哪一天開始，例如 2026-12-01。",
    "The last day.": "到哪一天為止。",
    "How many times.": "總共幾次。",
    "Each channel's weekly times, and the next free ones.": "列出各頻道每週的時段，以及接下來的空檔。",
    "Replaces a channel's weekly times.": "重新設定頻道每週的時段。",
    "Sends a draft out at the next free weekly time of each of its channels.": (
        "把草稿排進佇列，在各頻道下一個空的時段發布。"
    ),
    "Lets a post come back by a rule.": "讓一則貼文按規則重複發布。",
    "The posts that come back.": "列出重複發布的貼文。",
    "A post that comes back, and its next posts.": "查看一則重複貼文，以及接下來的幾次。",
    "Takes back what has not gone out, and makes no more until it is resumed.": (
        "收回還沒發布的，並暫停重複，直到繼續為止。"
    ),
    "Lets it come back again from now on.": "從現在起繼續重複發布。",
    "Lets it come back no more; what is published stays.": "不再重複發布；已發布的會保留。",
    "Ended.": "已停止重複。",
    "Nothing comes back yet. Make it so with “hawker repeat create”.": (
        "還沒有重複發布的貼文。用「hawker repeat create」建立一則。"
    ),
    "A comment that follows the post.": "貼文發布後的第一則留言。",
    "Of the text, such as zh-Hant or en.": "內容的語言，例如 zh-Hant 或 en。",
    "Only write it; send nothing out.": "只存成草稿，不發布。",
    "all, drafts, scheduled, published or attention.": "all、drafts、scheduled、published 或 attention。",
    "How many at most.": "最多列出幾則。",
    "Writes a post and sends it out: at a time, or now.": "寫一則貼文，在指定時間或立刻發布。",
    "A post, and how it stands on each channel.": "查看一則貼文，以及它在各頻道的狀況。",
    "The newest posts.": "列出最新的貼文。",
    "Sends a draft out: at a time, at its own time, or now.": "發布草稿：在指定時間、原訂時間，或立刻發布。",
    "Keeps a post back until it is resumed.": "暫停一則貼文，直到你恢復它。",
    "Lets a held post go on: at its time, or now where that has passed.": (
        "恢復暫停的貼文：照原訂時間發布；時間已過就立刻發布。"
    ),
    "Stops what has not been sent.": "取消還沒送出的部分。",
    "Sends now what failed or came too late; else what was cancelled.": (
        "立刻重送失敗或逾時的部分；若都沒有，就重送已取消的。"
    ),
    "Says that you have posted yourself what waits for you.": "告訴 Hawker 您已經自己貼好了。",
    "Its address at the network.": "貼文的連結。",
    "Nothing of this post waits for you to post it.": "這則貼文沒有等您貼的部分。",
    "It waits on several channels: say on Hawker's pages where each one is.": (
        "有好幾個頻道在等您貼：請在 Hawker 的頁面上分別填連結。"
    ),
    "Stops publishing at once, until it is resumed.": "立刻暫停所有發布，直到恢復為止。",
    "What is on hold now.": "列出目前暫停發布的項目。",
    "Lets publishing go on; what piled up goes out one after the other.": (
        "恢復發布；累積下來的貼文會一則一則間隔發出。"
    ),
    "Only this channel.": "只限這個頻道。",
    "Why, for your colleagues.": "暫停的原因，讓同事知道。",
    "Only show what would go out, and when.": "只看恢復後會發布哪些貼文、什麼時候發布。",
    "Nothing is on hold.": "目前沒有暫停發布。",
    "This is not on hold. “hawker on-hold” shows what is.": (
        "這裡沒有暫停發布。用「hawker on-hold」可以看到哪些暫停中。"
    ),
    "everything": "全部",
    "Nothing has piled up. What is scheduled goes out at its time.": (
        "沒有累積的貼文。已排程的貼文會照原訂時間發布。"
    ),
    "too late: asks you": "已逾時，等您決定",
    "Deletes a post of which nothing is on a network.": "刪除一則尚未出現在任何網路上的貼文。",
    "What needs you, and what to do about it.": "列出需要您處理的事，以及該怎麼做。",
    "Also those that are read or settled.": "連同已讀或已解決的一起列出。",
    "Mark this one as read; repeat it for more.": "把這則標為已讀，可重複指定。",
    "Nothing needs you.": "目前沒有需要您處理的事。",
    "Removed.": "已移除。",
    "Deleted.": "已刪除。",
    "There is no channel yet. Connect one with “hawker channel add”.": (
        "還沒有頻道。請用「hawker channel add」連接一個。"
    ),
    "There is no post here. Write one with “hawker post create”.": (
        "這裡還沒有貼文。請用「hawker post create」寫一則。"
    ),
    "No Hawker is running here. Start it with “hawker up”, or name one with HAWKER_URL and HAWKER_KEY.": (
        "這裡沒有 Hawker 在執行。請用「hawker up」啟動，或以 HAWKER_URL 和 HAWKER_KEY 指定一台。"
    ),
    "“%(url)s” is not an address. It begins with https://.": "「%(url)s」不是網址。網址要以 https:// 開頭。",
    "No key to %(url)s is known. Set HAWKER_KEY to an API key of yours.": (
        "沒有 %(url)s 的金鑰。請把 HAWKER_KEY 設成你的 API 金鑰。"
    ),
    "The key has characters that no key has. Copy it again.": "金鑰裡有不該出現的字元，請重新複製一次。",
    "%(file)s cannot be read. Look at it, or remove it.": "無法讀取 %(file)s。請檢查這個檔案，或把它移除。",
    "%(file)s cannot be read.": "無法讀取 %(file)s。",
    "%(url)s sends on to %(where)s. Give that address.": "%(url)s 會轉到 %(where)s，請改用那個網址。",
    "%(url)s answered with an error (HTTP %(code)s).": "%(url)s 回應了錯誤（HTTP %(code)s）。",
    "Nothing answers at %(url)s. Is Hawker running there?": "%(url)s 沒有回應。Hawker 有在那裡執行嗎？",
    "No answer came from %(url)s: %(reason)s": "等不到 %(url)s 的回應：%(reason)s",
    (
        "Write what the network asks for as “--name value”, or as “--name=value” where the value "
        "begins with a dash."
    ): "請以「--名稱 值」的格式填寫該網路要的資料；值若以減號開頭，請寫成「--名稱=值」。",
    "Hawker does not know “%(name)s”. It knows: %(names)s.": (
        "Hawker 不認得「%(name)s」。可以用的有：%(names)s。"
    ),
    "%(title)s is connected in the browser, on Hawker's page.": "%(title)s 要在瀏覽器裡從 Hawker 網頁連接。",
    "%(title)s does not ask for this. It asks for:\n%(ways)s": (
        "%(title)s 不需要這個選項。它要的是：\n%(ways)s"
    ),
    "There are more --alt than --media.": "--alt 的數量比 --media 多。",
    "Nothing of this post failed, came too late or was cancelled.": "這則貼文沒有失敗、逾時或已取消的部分。",
    "NAME": "名稱",
    "TYPE": "格式",
    "SIZE": "大小",
    "SECONDS": "秒數",
    "NETWORK": "網路",
    "WAY": "登入方式",
    "OPTIONS": "選項",
    "HANDLE": "帳號",
    "WEEKLY": "每週時段",
    "FREE NEXT": "下一個空檔",
    "RULE": "規則",
    "NEXT": "下一次",
    "POST": "貼文",
    "active": "進行中",
    "paused": "已暫停",
    "over": "已結束",
    "STATE": "狀態",
    "LEFT": "剩餘額度",
    "%(left)s of %(limit)s %(what)s until %(time)s": "%(what)s剩 %(left)s／%(limit)s，至 %(time)s",
    "TIME": "時間",
    "TEXT": "內容",
    "PART": "項目",
    "MORE": "說明",
    "ON HOLD": "暫停項目",
    "SINCE": "開始時間",
    "BY": "暫停者",
    "REASON": "原因",
    "CHANNEL": "頻道 ID",
    "WHAT": "事情",
    "open": "待處理",
    "settled": "已解決",
    "post": "貼文",
    "comment": "留言",
    "connected": "已連接",
    "needs_sign_in": "需要重新登入",
    "draft": "草稿",
    "scheduled": "已排程",
    "preparing": "準備中",
    "ready": "準備好了",
    "sending": "送出中",
    "publishing": "發布中",
    "published": "已發布",
    "partly_published": "部分已發布",
    "failed": "失敗",
    "unknown": "確認中",
    "handed": "該您貼了",
    "held": "已暫停",
    "on hold": "發布暫停中",
    "cancelled": "已取消",
    "late": "逾時",
    "removed": "已撤下",
    "People whom the business may write to.": "可以收到商家訊息的聯絡人。",
    "Lists of contacts: whom a post goes to.": "聯絡人名單：貼文要傳給誰。",
    "The contact's id.": "聯絡人的 ID。",
    "The list's id.": "名單的 ID。",
    "Part of a name or number.": "名字或號碼的一部分。",
    "Only those on this list.": "只看這份名單上的人。",
    "The person's name.": "這個人的名字。",
    "Where it was said: spoken, paper, form or message.": "在哪裡說的：spoken、paper、form 或 message。",
    "In which words it was said: your proof.": "當時怎麼說的，這是您的憑證。",
    "The country code for numbers that begin with 0.": "0 開頭的號碼要補上的國碼。",
    "Put them on this list.": "把他們放進這份名單。",
    "All agreed whose line does not say otherwise.": "除非該行另有註明，其他人都已同意。",
    "The contacts' ids.": "聯絡人的 ID，可以填好幾個。",
    "The contacts, by name.": "依名字列出聯絡人。",
    "A contact, and what was agreed to.": "看一位聯絡人，以及同意過什麼。",
    "Adds a person. With --words her consent is recorded as well.": (
        "新增一位聯絡人。加上 --words 會一併記下對方的同意。"
    ),
    "The phone number with its country code.": "含國碼的電話號碼。",
    "Records that a person agrees to get messages.": "記下某人同意收訊息。",
    "Records that a person wants no more messages; none goes out from then on.": (
        "記下某人不想再收訊息；從此不再傳給他。"
    ),
    "Erases a contact, and all that is known of the person.": "刪除聯絡人和他的所有資料。",
    "Takes in a CSV file: number, name, “yes” where the person agreed.": (
        "匯入 CSV 檔：號碼、名字，同意的人填 yes。"
    ),
    "The lists, and how many are on each.": "列出名單和各有多少人。",
    "Opens a list.": "建立一份名單。",
    "The list's name.": "名單的名稱。",
    "Puts contacts on a list.": "把聯絡人放進名單。",
    "Deletes a list; the people on it stay.": "刪除名單；名單上的人會保留。",
    "This file is no UTF-8 text. Save it as CSV (UTF-8) and try again.": (
        "這個檔案不是 UTF-8 文字。請存成 CSV（UTF-8）再試一次。"
    ),
    "agreed": "同意",
    "withdrew": "不再同意",
    "There is no contact here.": "這裡沒有聯絡人。",
    "There is no list here.": "這裡沒有名單。",
    "Whom it goes to, on networks that deliver to people.": "在傳訊息給個人的網路上，要傳給哪份名單。",
    "ADDRESS": "號碼",
    "CONSENT": "同意",
    "PEOPLE": "人數",
    "AGREED": "已同意",
    "SAID": "意思",
    "SOURCE": "來源",
    "WORDS": "原話",
    "LINE": "行",
    "WHY": "原因",
    "TAKEN": "新增",
    "KNOWN": "已有",
    "DOUBLED": "重複",
}
