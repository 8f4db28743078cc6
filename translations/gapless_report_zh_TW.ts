<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW">
<context>
    <name>Report</name>
    <message>
        <source>%1 of %2 failed</source>
        <translation>%2 次中失敗 %1 次</translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation>%1 後失敗</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>%1, then %2</source>
        <comment>slot, slot</comment>
        <translation>%1，之後 %2</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>This run is not finished, or its end was not recorded.</source>
        <translation>這次執行尚未結束，或其結束未留下紀錄。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>執行</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>部署目標</translation>
    </message>
    <message>
        <source>What</source>
        <translation>作業</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>kind of run, strategy</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>From</source>
        <translation>原版本</translation>
    </message>
    <message>
        <source>To</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>Serving before</source>
        <translation>之前服務中</translation>
    </message>
    <message>
        <source>Serving afterwards</source>
        <translation>之後服務中</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>執行者</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>person, machine</comment>
        <translation>%2 上的 %1</translation>
    </message>
    <message>
        <source>How that was established</source>
        <translation>身分依據</translation>
    </message>
    <message>
        <source>It is the account that ran Gapless, as that machine&apos;s operating system names it. How it logged in to each host is under “Hosts and clocks”.</source>
        <translation>這是執行 Gapless 的帳號，名稱以該電腦的作業系統為準。登入各主機的方式見「主機與時鐘」。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>未提供原因</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>結束</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>歷時</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>時區</translation>
    </message>
    <message>
        <source>Approved plan</source>
        <translation>已核准的計畫</translation>
    </message>
    <message>
        <source>Gapless that ran it</source>
        <translation>執行時的 Gapless 版本</translation>
    </message>
    <message>
        <source>Event stream</source>
        <translation>事件紀錄</translation>
    </message>
    <message>
        <source>%1 events, SHA-256 %2</source>
        <translation>%1 個事件，SHA-256 %2</translation>
    </message>
    <message>
        <source>This report</source>
        <translation>本報告</translation>
    </message>
    <message>
        <source>made %1 by Gapless %2</source>
        <comment>time, version</comment>
        <translation>由 Gapless %2 於 %1 產生</translation>
    </message>
    <message>
        <source>What users saw</source>
        <translation>使用者所見</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>無異常</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Requests, each on a new connection</source>
        <translation>請求（每次使用新連線）</translation>
    </message>
    <message>
        <source>Their time: median, 99th percentile, longest</source>
        <translation>所需時間：中位數、第 99 百分位數、最長</translation>
    </message>
    <message>
        <source>Requests on kept connections</source>
        <translation>請求（保持連線）</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>請求</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未測量</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>工作階段</translation>
    </message>
    <message>
        <source>%1 of %2 lost</source>
        <translation>%2 次中遺失 %1 次</translation>
    </message>
    <message>
        <source>Hub clients</source>
        <translation>Hub 用戶端</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>重連次數</translation>
    </message>
    <message>
        <source>Clients disconnected for good</source>
        <translation>永久斷線的用戶端</translation>
    </message>
    <message>
        <source>Longest gap</source>
        <translation>最長中斷</translation>
    </message>
    <message>
        <source>Longest silence</source>
        <translation>最長無訊息時間</translation>
    </message>
    <message>
        <source>Messages: sent, lost, duplicated, out of order</source>
        <translation>訊息：已送出、遺失、重複、順序錯亂</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>時間軸</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>中斷</translation>
    </message>
    <message>
        <source>Over at</source>
        <translation>恢復時刻</translation>
    </message>
    <message>
        <source>Seen by</source>
        <translation>觀測者</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>中斷時間</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Just before it</source>
        <translation>發生前的步驟</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>第幾次嘗試</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>遺失</translation>
    </message>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, step</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>%1 (%2 earlier)</source>
        <comment>step, time</comment>
        <translation>%1（%2 前）</translation>
    </message>
    <message>
        <source>hub client %1</source>
        <translation>Hub 用戶端 %1</translation>
    </message>
    <message>
        <source>None was seen.</source>
        <translation>未觀測到任何中斷。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步驟</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步驟</translation>
    </message>
    <message>
        <source>No-disconnect report of run %1</source>
        <translation>執行 %1 的不斷線驗證報告</translation>
    </message>
    <message>
        <source>GET %1, %2 a second on new connections and a quarter of that on kept ones; expected status: %3</source>
        <translation>GET %1：每秒 %2 次使用新連線，另有四分之一的量使用保持連線；預期狀態碼：%3</translation>
    </message>
    <message>
        <source>POST %1 on kept connections</source>
        <translation>POST %1，使用保持連線</translation>
    </message>
    <message>
        <source>%1 with a cookie jar of its own; the value must go on rising</source>
        <translation>%1，使用專屬的 Cookie；數值必須持續遞增</translation>
    </message>
    <message>
        <source>%1 with a cookie jar of its own; the value must stay the same</source>
        <translation>%1，使用專屬的 Cookie；數值必須維持不變</translation>
    </message>
    <message>
        <source>%1, protocol %2, transport %3</source>
        <comment>a hub&apos;s path, json or messagepack, auto or a name</comment>
        <translation>%1，協定 %2，傳輸方式 %3</translation>
    </message>
    <message>
        <source>%1 connections</source>
        <translation>%1 個連線</translation>
    </message>
    <message>
        <source>at least one connection on each slot</source>
        <translation>每個容器至少一個連線</translation>
    </message>
    <message>
        <source>without negotiation</source>
        <translation>略過交涉</translation>
    </message>
    <message>
        <source>reconnecting after %1 ms</source>
        <comment>a list of delays</comment>
        <translation>於 %1 毫秒後重新連線</translation>
    </message>
    <message>
        <source>passive: it listens and sends nothing</source>
        <translation>被動：只接收，不送出任何訊息</translation>
    </message>
    <message>
        <source>it sends numbered messages and counts those that come back</source>
        <translation>送出編號訊息，並計算返回的數量</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between parts of a description</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>No clients watched this run: nothing is said of its users.</source>
        <translation>這次執行沒有用戶端監測，因此無法說明使用者的情況。</translation>
    </message>
    <message>
        <source>Observed from</source>
        <translation>觀測地點</translation>
    </message>
    <message>
        <source>At</source>
        <translation>網址／時刻</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>HTTP POST</source>
        <translation>HTTP POST</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>工作階段</translation>
    </message>
    <message>
        <source>SignalR hub</source>
        <translation>SignalR Hub</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>a gap of %1; %2 failed requests</source>
        <translation>中斷 %1；失敗請求 %2 次</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>對照</translation>
    </message>
    <message>
        <source>after each failure this machine&apos;s own network was tried over SSH</source>
        <translation>每次失敗後，都透過 SSH 測試這台電腦本身的網路</translation>
    </message>
    <message>
        <source>none: a failure of this machine&apos;s own network counts as the site&apos;s</source>
        <translation>無：這台電腦本身的網路故障會算在網站上</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>樣本</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>%1 in the data folder; its time 0 is %2</source>
        <translation>資料夾中的 %1；其時間 0 為 %2</translation>
    </message>
    <message>
        <source>The clients ran before, during and after the rollout. Requests were sent by the clock, whatever the answers did; one that was due and could not be sent counts as failed. The hub clients follow the behaviour of the official JavaScript client.</source>
        <translation>用戶端在部署作業之前、期間與之後持續執行。請求依時程送出，不受回應影響；到期卻無法送出者計為失敗。Hub 用戶端的行為依照官方 JavaScript 用戶端。</translation>
    </message>
    <message>
        <source>What the words mean, and what is not proved</source>
        <translation>用語定義與證明範圍</translation>
    </message>
    <message>
        <source>Unbroken: no hub client lost its connection, and what was measured stayed within the limits.</source>
        <translation>全程未斷線：沒有 Hub 用戶端斷線，且所有測量值均在限制之內。</translation>
    </message>
    <message>
        <source>Recovered: each hub client lost its connection at most once for each slot that was stopped and was back within the limit; none gave up.</source>
        <translation>曾中斷，已自動重連：每停止一個容器，每個 Hub 用戶端最多斷線一次，且在限制時間內恢復；沒有用戶端放棄重連。</translation>
    </message>
    <message>
        <source>Broken: a client gave up, a gap was too long, a connection was lost without a stop that explains it, or more requests, sessions or messages were lost than the limits allow.</source>
        <translation>已斷線：有用戶端放棄重連、中斷過久、斷線無法以容器停止解釋，或遺失的請求、工作階段、訊息超過限制。</translation>
    </message>
    <message>
        <source>Invalid: too little was measured to say either, or the witness or its network was at fault.</source>
        <translation>無法判定：測量不足以下結論，或連線監測本身或其網路有問題。</translation>
    </message>
    <message>
        <source>Gap: from the moment a client noticed that its connection was lost until it was connected again, on a monotonic clock. Silence: from the last message before that to the first after it.</source>
        <translation>中斷時間：自用戶端察覺斷線起，至重新連上為止，以單調時鐘計時。無訊息時間：自斷線前最後一則訊息，至恢復後第一則訊息。</translation>
    </message>
    <message>
        <source>Lost messages inside a gap are counted and shown. Messages that a hub sends while a client reconnects are not repeated by SignalR: a site has to fetch its state again after a reconnect.</source>
        <translation>中斷期間遺失的訊息會計數並列出。用戶端重新連線期間，SignalR 不會重送 Hub 所送出的訊息：網站必須在重連後重新取得狀態。</translation>
    </message>
    <message>
        <source>A WebSocket ends with the process that serves it. A rolling replacement therefore cannot keep it open; what is proved is how long each client was away and that it came back by itself.</source>
        <translation>WebSocket 會隨著提供服務的處理程序結束。因此滾動更新無法讓它保持開啟；所證明的是每個用戶端離線多久，以及它自行恢復連線。</translation>
    </message>
    <message>
        <source>What was observed is what these clients saw, from this one place, at this address. Nobody&apos;s browser was looked at.</source>
        <translation>觀測結果是這些用戶端從這一個地點、對這個網址所見，並未查看任何人的瀏覽器。</translation>
    </message>
    <message>
        <source>How to check this report</source>
        <translation>如何檢查本報告</translation>
    </message>
    <message>
        <source>“gaplessctl verify FILE” computes the SHA-256 of the event stream that this report carries, makes the report again from it and compares the two, and compares the stream with the journal of the machine it runs on, where that knows the run. It finds a report whose text or events were changed. Somebody who makes a whole new report from changed events is found only by the journal, or by the SHA-256 kept in another place.</source>
        <translation>「gaplessctl verify FILE」計算本報告所附事件紀錄的 SHA-256，由其重新產生報告並比對兩者；若執行所在電腦的部署紀錄中有這次執行，也一併比對。內文或事件遭更動的報告都會被發現。若有人以更動過的事件製作一份全新的報告，只能由部署紀錄或另存他處的 SHA-256 發現。</translation>
    </message>
    <message>
        <source>SHA-256 of the event stream</source>
        <translation>事件紀錄的 SHA-256</translation>
    </message>
    <message>
        <source>%1 ms, ± %2 ms</source>
        <comment>clock offset, uncertainty</comment>
        <translation>%1 毫秒，± %2 毫秒</translation>
    </message>
    <message>
        <source>a key of the SSH agent</source>
        <translation>SSH 代理程式中的金鑰</translation>
    </message>
    <message>
        <source>a private key</source>
        <translation>私密金鑰</translation>
    </message>
    <message>
        <source>a password</source>
        <translation>密碼</translation>
    </message>
    <message>
        <source>keyboard-interactive</source>
        <translation>keyboard-interactive</translation>
    </message>
    <message>
        <source>graceful: it ended by itself after SIGTERM</source>
        <translation>正常關閉：收到 SIGTERM 後自行結束</translation>
    </message>
    <message>
        <source>SIGKILL: its time was over</source>
        <translation>SIGKILL：等待時間已到</translation>
    </message>
    <message>
        <source>it had ended before</source>
        <translation>先前已自行結束</translation>
    </message>
    <message>
        <source>every old nginx worker had gone</source>
        <translation>舊的 nginx worker 都已結束</translation>
    </message>
    <message>
        <source>the old workers&apos; connections were counted</source>
        <translation>已計算舊 worker 的連線</translation>
    </message>
    <message>
        <source>a fixed time was waited</source>
        <translation>等待固定時間</translation>
    </message>
    <message>
        <source>Versions and digests</source>
        <translation>版本與摘要值</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主機</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>映像檔</translation>
    </message>
    <message>
        <source>Image id</source>
        <translation>映像檔 ID</translation>
    </message>
    <message>
        <source>Registry digest</source>
        <translation>容器登錄庫摘要值</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>建立時間</translation>
    </message>
    <message>
        <source>none: it was never in a registry</source>
        <translation>無：未曾進入容器登錄庫</translation>
    </message>
    <message>
        <source>Container before</source>
        <translation>之前的容器</translation>
    </message>
    <message>
        <source>Image before</source>
        <translation>之前的映像檔</translation>
    </message>
    <message>
        <source>Container now</source>
        <translation>現在的容器</translation>
    </message>
    <message>
        <source>Image now</source>
        <translation>現在的映像檔</translation>
    </message>
    <message>
        <source>File</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>SHA-256 before</source>
        <translation>變更前 SHA-256</translation>
    </message>
    <message>
        <source>SHA-256 after</source>
        <translation>變更後 SHA-256</translation>
    </message>
    <message>
        <source>Copy of the old one</source>
        <translation>舊檔備份</translation>
    </message>
    <message>
        <source>Hosts and clocks</source>
        <translation>主機與時鐘</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>位址</translation>
    </message>
    <message>
        <source>Logged in as</source>
        <translation>登入身分</translation>
    </message>
    <message>
        <source>Host key</source>
        <translation>主機金鑰</translation>
    </message>
    <message>
        <source>Docker</source>
        <translation>Docker</translation>
    </message>
    <message>
        <source>nginx</source>
        <translation>nginx</translation>
    </message>
    <message>
        <source>Its clock less this machine&apos;s</source>
        <translation>與這台電腦的時鐘差</translation>
    </message>
    <message>
        <source>%1, with %2</source>
        <comment>login, how</comment>
        <translation>%1，使用%2</translation>
    </message>
    <message>
        <source>as in known_hosts</source>
        <translation>依 known_hosts</translation>
    </message>
    <message>
        <source>%1, pinned in the target</source>
        <translation>%1，由部署目標指定</translation>
    </message>
    <message>
        <source>All times in this report are of the machine that ran Gapless. The offsets tell how to compare them with the hosts&apos; own logs.</source>
        <translation>本報告的所有時間均為執行 Gapless 的電腦時間。與主機本身的 Log 對照時，請依時鐘差換算。</translation>
    </message>
    <message>
        <source>How each slot was drained and stopped</source>
        <translation>各容器的連線清空與停止方式</translation>
    </message>
    <message>
        <source>drained (%1): %2 requests in flight, %3 long-lived connections, %4 unclear</source>
        <translation>連線清空（%1）：處理中的請求 %2，長時間連線 %3，不確定 %4</translation>
    </message>
    <message>
        <source>container %1 stopped: %2; exit status %3</source>
        <translation>容器 %1 已停止：%2；結束狀態 %3</translation>
    </message>
    <message>
        <source>Warnings before the rollout</source>
        <translation>部署作業前的警告</translation>
    </message>
    <message>
        <source>The checks warned of nothing.</source>
        <translation>各項檢查均無警告。</translation>
    </message>
    <message>
        <source>Decisions, and what was taken back</source>
        <translation>決定，以及已還原的項目</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答覆</translation>
    </message>
    <message>
        <source>By</source>
        <translation>由</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>備註</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>未答覆</translation>
    </message>
    <message>
        <source>What is kept of containers that failed</source>
        <translation>失敗容器的留存資料</translation>
    </message>
    <message>
        <source>Slot %1, image %2, container %3: %4</source>
        <translation>容器 %1，映像檔 %2，容器 ID %3：%4</translation>
    </message>
    <message>
        <source>Its last answers to the health check:</source>
        <translation>最後幾次健康檢查回應：</translation>
    </message>
    <message>
        <source>The last lines of its log, as it wrote them:</source>
        <translation>Log 的最後幾行（原文）：</translation>
    </message>
    <message>
        <source>The event stream</source>
        <translation>事件紀錄</translation>
    </message>
    <message>
        <source>Slot %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>in nginx: up</source>
        <translation>nginx 中：啟用</translation>
    </message>
    <message>
        <source>in nginx: down</source>
        <translation>nginx 中：停用</translation>
    </message>
    <message>
        <source>HTTP time</source>
        <translation>HTTP 時間</translation>
    </message>
    <message>
        <source>%1: %2 of %3 failed; median %4, longest %5</source>
        <comment>time</comment>
        <translation>%1：%3 次中失敗 %2 次；中位數 %4，最長 %5</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>還有 %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Client %1: %2</source>
        <comment>number, what it was</comment>
        <translation>用戶端 %1：%2</translation>
    </message>
    <message>
        <source>connected to slot %1</source>
        <translation>連線至容器 %1</translation>
    </message>
    <message>
        <source>away since %1 (%2)</source>
        <comment>time, why</comment>
        <translation>自 %1 起離線（%2）</translation>
    </message>
    <message>
        <source>From %1 to %2: the steps of the run and of each slot, whether nginx sent traffic to it, the time of HTTP requests on a logarithmic scale (median dark, longest light, failures red), and each hub client with its gaps in red.</source>
        <translation>自 %1 至 %2：整體與各容器的步驟、nginx 是否將流量導向該容器、HTTP 請求時間（對數刻度；深色為中位數，淺色為最長，紅色為失敗），以及各 Hub 用戶端，中斷以紅色標示。</translation>
    </message>
</context>
</TS>
