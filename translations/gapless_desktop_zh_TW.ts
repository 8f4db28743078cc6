<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Lanes</name>
    <message>
        <source>Gateway</source>
        <translation>閘道</translation>
    </message>
    <message>
        <source>reload</source>
        <translation>重新載入</translation>
    </message>
    <message>
        <source>Slot %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, state</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>Slot %1: %2, %3</source>
        <comment>slot, state, tag</comment>
        <translation>容器 %1：%2，%3</translation>
    </message>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, step</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>%1: failed after %2</source>
        <comment>step, duration</comment>
        <translation>%1：%2 後失敗</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>step, duration</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: usually %2</source>
        <comment>step, duration</comment>
        <translation>%1：通常 %2</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>工作階段</translation>
    </message>
    <message>
        <source>Hub %1</source>
        <translation>Hub %1</translation>
    </message>
    <message>
        <source>on %1</source>
        <comment>a slot</comment>
        <translation>於 %1</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已連線</translation>
    </message>
    <message>
        <source>Hub connection %1: connected %2</source>
        <comment>number, on a slot</comment>
        <translation>Hub 連線 %1：已連線，%2</translation>
    </message>
    <message>
        <source>Hub connection %1: connecting</source>
        <translation>Hub 連線 %1：連線中</translation>
    </message>
    <message>
        <source>Hub connection %1: gap of %2 (%3)</source>
        <comment>number, duration, cause</comment>
        <translation>Hub 連線 %1：中斷 %2（%3）</translation>
    </message>
    <message>
        <source>%1, %2 after “%3”</source>
        <comment>gap, time, step</comment>
        <translation>%1，「%3」開始後 %2</translation>
    </message>
    <message>
        <source>Traffic goes to nobody</source>
        <translation>流量沒有任何去處</translation>
    </message>
    <message>
        <source>%1 %2 %</source>
        <comment>slot, percentage of the traffic</comment>
        <translation>%1 %2 %</translation>
    </message>
    <message>
        <source>Traffic: %1</source>
        <comment>list of slots and percentages</comment>
        <translation>流量：%1</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <source>HTML page</source>
        <translation>HTML 網頁</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF 文件</translation>
    </message>
    <message>
        <source>Markdown text</source>
        <translation>Markdown 文字</translation>
    </message>
    <message>
        <source>JSON data</source>
        <translation>JSON 資料</translation>
    </message>
    <message>
        <source>a report&apos;s file ends in %1, not in “%2”</source>
        <translation>報告的副檔名是 %1，不是「%2」</translation>
    </message>
    <message>
        <source>Export a report</source>
        <translation>匯出報告</translation>
    </message>
</context>
<context>
    <name>Sheets</name>
    <message>
        <source>Known so far:</source>
        <translation>目前已知：</translation>
    </message>
    <message>
        <source>The host shows now:</source>
        <translation>主機現在出示：</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>沒有成功</translation>
    </message>
    <message>
        <source>What the host said</source>
        <translation>主機的回應</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>關閉(&amp;C)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Replaces a running web site without a user noticing.</source>
        <translation>更換執行中的網站，使用者毫無察覺。</translation>
    </message>
    <message>
        <source>Folder of targets, settings and history.</source>
        <translation>存放部署目標、設定與部署紀錄的資料夾。</translation>
    </message>
    <message>
        <source>Language: en or zh_TW.</source>
        <translation>語言：en 或 zh_TW。</translation>
    </message>
    <message>
        <source>Show this run of the history.</source>
        <translation>顯示部署紀錄中的這次部署作業。</translation>
    </message>
    <message>
        <source>The target to show.</source>
        <translation>要顯示的部署目標。</translation>
    </message>
</context>
<context>
    <name>TargetFields</name>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>環境</translation>
    </message>
    <message>
        <source>Shown in the band of the window, such as production.</source>
        <translation>顯示在視窗上方的橫幅，例如 production。</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>保護</translation>
    </message>
    <message>
        <source>What has to be done before anything changes.</source>
        <translation>變更之前必須做的確認。</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>主機</translation>
    </message>
    <message>
        <source>The machines that are spoken to over SSH.</source>
        <translation>透過 SSH 連線的電腦。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>位址</translation>
    </message>
    <message>
        <source>A name or an address, or a Host of ssh_config.</source>
        <translation>名稱、位址，或 ssh_config 的 Host。</translation>
    </message>
    <message>
        <source>SSH port</source>
        <translation>SSH 連接埠</translation>
    </message>
    <message>
        <source>User</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登入</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Private key file</source>
        <translation>私密金鑰檔案</translation>
    </message>
    <message>
        <source>A file of this machine.</source>
        <translation>這台電腦上的檔案。</translation>
    </message>
    <message>
        <source>Pinned host key</source>
        <translation>固定的主機金鑰</translation>
    </message>
    <message>
        <source>SHA256:…; left empty, known_hosts decides.</source>
        <translation>SHA256:…；留空則由 known_hosts 決定。</translation>
    </message>
    <message>
        <source>Jump hosts</source>
        <translation>跳板主機</translation>
    </message>
    <message>
        <source>user@host:port, one a line, in the order of the hops.</source>
        <translation>user@host:port，每行一個，依經過的順序。</translation>
    </message>
    <message>
        <source>sudo</source>
        <translation>sudo</translation>
    </message>
    <message>
        <source>Where the user alone may not do it.</source>
        <translation>使用者權限不足時使用。</translation>
    </message>
    <message>
        <source>sudo for</source>
        <translation>sudo 用於</translation>
    </message>
    <message>
        <source>gateway or docker, one a line.</source>
        <translation>gateway 或 docker，每行一個。</translation>
    </message>
    <message>
        <source>docker command</source>
        <translation>docker 命令</translation>
    </message>
    <message>
        <source>Such as podman, or a path.</source>
        <translation>例如 podman，或路徑。</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>閘道</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主機</translation>
    </message>
    <message>
        <source>Left out where there is only one host.</source>
        <translation>只有一台主機時可省略。</translation>
    </message>
    <message>
        <source>Upstream file</source>
        <translation>上游設定檔</translation>
    </message>
    <message>
        <source>The file of nginx that has the upstream block.</source>
        <translation>nginx 中含有 upstream 區塊的檔案。</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>The name of the block.</source>
        <translation>區塊的名稱。</translation>
    </message>
    <message>
        <source>Test command</source>
        <translation>測試命令</translation>
    </message>
    <message>
        <source>Reload command</source>
        <translation>重新載入命令</translation>
    </message>
    <message>
        <source>State folder</source>
        <translation>狀態資料夾</translation>
    </message>
    <message>
        <source>Holds the lock and the records of runs on the gateway.</source>
        <translation>在閘道上存放部署鎖定與部署作業紀錄。</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>映像檔</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>儲存庫</translation>
    </message>
    <message>
        <source>Without a tag.</source>
        <translation>不含標籤。</translation>
    </message>
    <message>
        <source>Tag prefix</source>
        <translation>標籤前綴</translation>
    </message>
    <message>
        <source>Tags that start so are releases.</source>
        <translation>以此開頭的標籤就是版本。</translation>
    </message>
    <message>
        <source>Length of the hash</source>
        <translation>雜湊長度</translation>
    </message>
    <message>
        <source>Second tag</source>
        <translation>附加標籤</translation>
    </message>
    <message>
        <source>Such as latest.</source>
        <translation>例如 latest。</translation>
    </message>
    <message>
        <source>Releases to keep</source>
        <translation>保留的版本數</translation>
    </message>
    <message>
        <source>Older ones are pruned.</source>
        <translation>更舊的會被清除。</translation>
    </message>
    <message>
        <source>Pinned tags</source>
        <translation>固定的標籤</translation>
    </message>
    <message>
        <source>Never pruned; one a line.</source>
        <translation>絕不清除；每行一個。</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>建置</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>建置資料夾</translation>
    </message>
    <message>
        <source>The folder that is sent to docker.</source>
        <translation>傳送給 docker 的資料夾。</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>Command before it</source>
        <translation>建置前的命令</translation>
    </message>
    <message>
        <source>Runs on this machine in the context.</source>
        <translation>在這台電腦的建置資料夾中執行。</translation>
    </message>
    <message>
        <source>Without docker&apos;s cache</source>
        <translation>不使用 docker 快取</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Environment variables</source>
        <translation>環境變數</translation>
    </message>
    <message>
        <source>Environment files</source>
        <translation>環境變數檔案</translation>
    </message>
    <message>
        <source>Paths on the slot&apos;s host, one a line.</source>
        <translation>容器所在主機上的路徑，每行一個。</translation>
    </message>
    <message>
        <source>Secret variables</source>
        <translation>機密變數</translation>
    </message>
    <message>
        <source>Names only, one a line; their values are in the keychain.</source>
        <translation>只填名稱，每行一個；值存放在鑰匙圈。</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>掛載</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>來源</translation>
    </message>
    <message>
        <source>A path on the host, or a volume&apos;s name.</source>
        <translation>主機上的路徑，或磁碟區名稱。</translation>
    </message>
    <message>
        <source>Path in the container</source>
        <translation>容器中的路徑</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>唯讀</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>網路</translation>
    </message>
    <message>
        <source>Restart policy</source>
        <translation>重新啟動原則</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>其他選項</translation>
    </message>
    <message>
        <source>Words for docker create, one a line.</source>
        <translation>docker create 的參數，每行一個。</translation>
    </message>
    <message>
        <source>Seconds to stop in</source>
        <translation>停止時限（秒）</translation>
    </message>
    <message>
        <source>Then the container is killed.</source>
        <translation>逾時就強制終止容器。</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>部署位置</translation>
    </message>
    <message>
        <source>The places that containers run in, two or more.</source>
        <translation>執行容器的部署位置，兩個以上。</translation>
    </message>
    <message>
        <source>Container name</source>
        <translation>容器名稱</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>伺服器</translation>
    </message>
    <message>
        <source>The address as nginx writes it in the upstream block.</source>
        <translation>nginx 在 upstream 區塊中所寫的位址。</translation>
    </message>
    <message>
        <source>Published ports</source>
        <translation>公開的連接埠</translation>
    </message>
    <message>
        <source>As docker&apos;s -p takes them, one a line.</source>
        <translation>與 docker 的 -p 相同格式，每行一個。</translation>
    </message>
    <message>
        <source>Of this slot only.</source>
        <translation>只用於此容器。</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Rehearse the start</source>
        <translation>預演啟動</translation>
    </message>
    <message>
        <source>The new container first boots on a free port while the old one serves.</source>
        <translation>新容器先在空閒的連接埠啟動，舊容器持續服務。</translation>
    </message>
    <message>
        <source>Keep the last old container</source>
        <translation>保留最後一個舊容器</translation>
    </message>
    <message>
        <source>Stopped and out of nginx, for a quick rollback.</source>
        <translation>停止並退出 nginx，以便快速回滾。</translation>
    </message>
    <message>
        <source>When a later slot fails</source>
        <translation>後續容器失敗時</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康檢查</translation>
    </message>
    <message>
        <source>Scheme</source>
        <translation>通訊協定</translation>
    </message>
    <message>
        <source>Host header</source>
        <translation>Host 標頭</translation>
    </message>
    <message>
        <source>Left empty: that of the witness&apos;s URL.</source>
        <translation>留空則使用連線監測網址的主機。</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路徑</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>標頭</translation>
    </message>
    <message>
        <source>Expected status</source>
        <translation>預期的狀態碼</translation>
    </message>
    <message>
        <source>200, 200-299 or 200,302.</source>
        <translation>200、200-299 或 200,302。</translation>
    </message>
    <message>
        <source>Interval (ms)</source>
        <translation>間隔（毫秒）</translation>
    </message>
    <message>
        <source>Timeout of a request (ms)</source>
        <translation>請求逾時（毫秒）</translation>
    </message>
    <message>
        <source>Seconds until ready</source>
        <translation>就緒時限（秒）</translation>
    </message>
    <message>
        <source>After that the slot has failed.</source>
        <translation>超過即視為失敗。</translation>
    </message>
    <message>
        <source>Successes in a row</source>
        <translation>連續成功次數</translation>
    </message>
    <message>
        <source>Ask the hub too</source>
        <translation>也檢查 Hub</translation>
    </message>
    <message>
        <source>A SignalR handshake at the slot, where the witness names a hub.</source>
        <translation>連線監測有指定 Hub 時，直接對容器進行 SignalR 交握。</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Runs on the slot&apos;s host with the container&apos;s name.</source>
        <translation>在容器所在主機上執行，以容器名稱為參數。</translation>
    </message>
    <message>
        <source>Warm-up requests</source>
        <translation>預熱請求數</translation>
    </message>
    <message>
        <source>Seconds to watch</source>
        <translation>觀察秒數</translation>
    </message>
    <message>
        <source>After each slot is up.</source>
        <translation>每個容器啟用之後。</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>等待連線結束</translation>
    </message>
    <message>
        <source>Seconds for requests</source>
        <translation>請求時限（秒）</translation>
    </message>
    <message>
        <source>So long requests in flight may take.</source>
        <translation>進行中的請求最多等待這麼久。</translation>
    </message>
    <message>
        <source>More seconds for WebSockets</source>
        <translation>WebSocket 額外時限（秒）</translation>
    </message>
    <message>
        <source>0: they do not hold up the stop.</source>
        <translation>0：不為它們延後停止。</translation>
    </message>
    <message>
        <source>Hooks</source>
        <translation>掛鉤命令</translation>
    </message>
    <message>
        <source>Before the build</source>
        <translation>建置前</translation>
    </message>
    <message>
        <source>Commands on this machine.</source>
        <translation>在這台電腦執行的命令。</translation>
    </message>
    <message>
        <source>Before the rollout</source>
        <translation>部署作業前</translation>
    </message>
    <message>
        <source>After the rollout</source>
        <translation>部署作業後</translation>
    </message>
    <message>
        <source>On a failure</source>
        <translation>失敗時</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>連線監測</translation>
    </message>
    <message>
        <source>Clients that watch the site as its users do.</source>
        <translation>以使用者角度監測網站的用戶端。</translation>
    </message>
    <message>
        <source>URL</source>
        <translation>URL</translation>
    </message>
    <message>
        <source>Where users come in.</source>
        <translation>使用者進入的網址。</translation>
    </message>
    <message>
        <source>HTTP probe</source>
        <translation>HTTP 探測</translation>
    </message>
    <message>
        <source>Requests a second</source>
        <translation>每秒請求數</translation>
    </message>
    <message>
        <source>0 turns the probe off.</source>
        <translation>0 表示關閉此探測。</translation>
    </message>
    <message>
        <source>POST probe</source>
        <translation>POST 探測</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>內容</translation>
    </message>
    <message>
        <source>Content type</source>
        <translation>內容類型</translation>
    </message>
    <message>
        <source>Version from</source>
        <translation>版本來源</translation>
    </message>
    <message>
        <source>A response header, or json:field.</source>
        <translation>回應標頭，或 json:欄位。</translation>
    </message>
    <message>
        <source>Session probe</source>
        <translation>工作階段探測</translation>
    </message>
    <message>
        <source>Expected value</source>
        <translation>預期的值</translation>
    </message>
    <message>
        <source>SignalR probe</source>
        <translation>SignalR 探測</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>Its path.</source>
        <translation>Hub 的路徑。</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>通訊協定</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>傳輸方式</translation>
    </message>
    <message>
        <source>Skip negotiation</source>
        <translation>略過協商</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>連線數</translation>
    </message>
    <message>
        <source>Reconnect delays (ms)</source>
        <translation>重新連線延遲（毫秒）</translation>
    </message>
    <message>
        <source>One for each attempt, with commas between.</source>
        <translation>每次嘗試一個，以逗號分隔。</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>存取權杖</translation>
    </message>
    <message>
        <source>The name of an entry in the keychain.</source>
        <translation>鑰匙圈中項目的名稱。</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>回音</translation>
    </message>
    <message>
        <source>Sends messages into the live site and waits for them.</source>
        <translation>對運作中的網站送出訊息並等待收到。</translation>
    </message>
    <message>
        <source>Method to invoke</source>
        <translation>要呼叫的方法</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>引數</translation>
    </message>
    <message>
        <source>A JSON list; {token} is replaced by the message&apos;s number.</source>
        <translation>JSON 清單；{token} 會換成訊息編號。</translation>
    </message>
    <message>
        <source>Expected message</source>
        <translation>預期的訊息</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Longest gap (ms)</source>
        <translation>最長中斷（毫秒）</translation>
    </message>
    <message>
        <source>Failed requests</source>
        <translation>失敗請求數</translation>
    </message>
    <message>
        <source>Abort on</source>
        <translation>中止條件</translation>
    </message>
    <message>
        <source>failed, closed or gap, one a line.</source>
        <translation>failed、closed 或 gap，每行一個。</translation>
    </message>
    <message>
        <source>SSH agent</source>
        <translation>SSH 代理程式</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>私密金鑰</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密碼</translation>
    </message>
    <message>
        <source>Keyboard-interactive</source>
        <translation>鍵盤互動</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Without a password</source>
        <translation>不需密碼</translation>
    </message>
    <message>
        <source>With a password</source>
        <translation>需要密碼</translation>
    </message>
    <message>
        <source>Open: nothing is asked</source>
        <translation>開放：不詢問</translation>
    </message>
    <message>
        <source>Confirm: one question</source>
        <translation>確認：詢問一次</translation>
    </message>
    <message>
        <source>Type the name, and give a reason</source>
        <translation>輸入名稱並填寫原因</translation>
    </message>
    <message>
        <source>Read-only: nothing can be changed</source>
        <translation>唯讀：不可變更</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>詢問</translation>
    </message>
    <message>
        <source>Keep the new version serving</source>
        <translation>讓新版本繼續服務</translation>
    </message>
    <message>
        <source>Roll everything back</source>
        <translation>全部回滾</translation>
    </message>
    <message>
        <source>Rolling: one slot after the other</source>
        <translation>滾動：逐一更換容器</translation>
    </message>
    <message>
        <source>Canary: a small share of the traffic first</source>
        <translation>金絲雀：先分配一小部分流量</translation>
    </message>
    <message>
        <source>Once, then sent to the other hosts</source>
        <translation>建置一次，再傳送到其他主機</translation>
    </message>
    <message>
        <source>On each host</source>
        <translation>在每台主機上</translation>
    </message>
    <message>
        <source>Increases</source>
        <translation>遞增</translation>
    </message>
    <message>
        <source>Stays the same</source>
        <translation>保持不變</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>One for each slot</source>
        <translation>每個容器一個</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>text in one line</source>
        <translation>單行文字</translation>
    </message>
    <message>
        <source>text in one line, not empty</source>
        <translation>單行文字，不可空白</translation>
    </message>
    <message>
        <source>name of 1 to 100 characters, without / and not starting with - or .</source>
        <translation>1 到 100 個字元的名稱，不含 /，且不以 - 或 . 開頭</translation>
    </message>
    <message>
        <source>text without spaces, not starting with -</source>
        <translation>不含空白且不以 - 開頭的文字</translation>
    </message>
    <message>
        <source>absolute path</source>
        <translation>絕對路徑</translation>
    </message>
    <message>
        <source>path starting with /</source>
        <translation>以 / 開頭的路徑</translation>
    </message>
    <message>
        <source>one nginx word</source>
        <translation>一個 nginx 字詞</translation>
    </message>
    <message>
        <source>image repository</source>
        <translation>映像檔儲存庫</translation>
    </message>
    <message>
        <source>start of an image tag</source>
        <translation>映像檔標籤的開頭</translation>
    </message>
    <message>
        <source>image tag</source>
        <translation>映像檔標籤</translation>
    </message>
    <message>
        <source>container name</source>
        <translation>容器名稱</translation>
    </message>
    <message>
        <source>name of an environment variable</source>
        <translation>環境變數名稱</translation>
    </message>
    <message>
        <source>name of an HTTP header</source>
        <translation>HTTP 標頭名稱</translation>
    </message>
    <message>
        <source>http or https URL</source>
        <translation>http 或 https 網址</translation>
    </message>
    <message>
        <source>name of a response header, or json:field</source>
        <translation>回應標頭名稱，或 json:欄位</translation>
    </message>
    <message>
        <source>object with one member or more</source>
        <translation>至少一個成員的物件</translation>
    </message>
    <message>
        <source>2 or more</source>
        <translation>2 個以上</translation>
    </message>
    <message>
        <source>list</source>
        <translation>清單</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>群組</translation>
    </message>
    <message>
        <source>For blue-green and red-black: the group it switches with. Of two slots each is its own.</source>
        <translation>用於藍綠與紅黑部署：一起切換的群組。只有兩個部署位置時各自成組。</translation>
    </message>
    <message>
        <source>Seconds to keep the old group warm</source>
        <translation>舊群組待命秒數</translation>
    </message>
    <message>
        <source>For blue-green and red-black: so long a rollback is one reload.</source>
        <translation>用於藍綠與紅黑部署：在此期間回滾只需重新載入一次。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>預覽</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>接聽位址</translation>
    </message>
    <message>
        <source>What nginx listens on while a red-black rollout waits: a port, or address:port.</source>
        <translation>紅黑部署等待核准時 nginx 接聽的位址：連接埠，或 位址:連接埠。</translation>
    </message>
    <message>
        <source>Canary</source>
        <translation>金絲雀</translation>
    </message>
    <message>
        <source>Shares in percent</source>
        <translation>流量比例（百分比）</translation>
    </message>
    <message>
        <source>Growing, up to 100, with commas between.</source>
        <translation>由小到大，最後為 100，以逗號分隔。</translation>
    </message>
    <message>
        <source>Seconds at each share</source>
        <translation>每個比例的秒數</translation>
    </message>
    <message>
        <source>Promote by hand</source>
        <translation>由人員決定繼續</translation>
    </message>
    <message>
        <source>A person goes on to the next share.</source>
        <translation>由人員進到下一個比例。</translation>
    </message>
    <message>
        <source>Requests to compare</source>
        <translation>用於比較的請求數</translation>
    </message>
    <message>
        <source>As many the new version must have answered; fewer prove nothing.</source>
        <translation>新版本至少要回應這麼多請求；太少則無法證明。</translation>
    </message>
    <message>
        <source>From where on the new version is worse, and is taken back.</source>
        <translation>超過此界限，新版本視為較差並收回。</translation>
    </message>
    <message>
        <source>More failed requests (percentage points)</source>
        <translation>增加的失敗請求（百分點）</translation>
    </message>
    <message>
        <source>Slower median (percent)</source>
        <translation>中位數變慢（百分比）</translation>
    </message>
    <message>
        <source>Slower 99th percentile (percent)</source>
        <translation>第 99 百分位數變慢（百分比）</translation>
    </message>
    <message>
        <source>And slower by (ms)</source>
        <translation>且慢了（毫秒）</translation>
    </message>
    <message>
        <source>Below it nobody would notice.</source>
        <translation>低於此值沒有人會察覺。</translation>
    </message>
    <message>
        <source>More lost hub connections</source>
        <translation>增加的 Hub 斷線次數</translation>
    </message>
    <message>
        <source>Blue-green: one reload moves all traffic to the other group</source>
        <translation>藍綠：一次重新載入將所有流量切換到另一組</translation>
    </message>
    <message>
        <source>Red-black: blue-green, once somebody has approved</source>
        <translation>紅黑：有人核准後的藍綠部署</translation>
    </message>
    <message>
        <source>port, or address:port</source>
        <translation>連接埠，或 位址:連接埠</translation>
    </message>
    <message>
        <source>Add missing server lines</source>
        <translation>補上缺少的 server 行</translation>
    </message>
    <message>
        <source>For a single container that becomes two slots: a slot&apos;s line is written when it is first put up.</source>
        <translation>單一容器變成兩個部署位置時使用：部署位置第一次啟用時寫入它的那一行。</translation>
    </message>
    <message>
        <source>What follows the image&apos;s name, one word a line; left out: the image&apos;s own.</source>
        <translation>映像檔名稱之後的字詞，一行一個；省略時使用映像檔自己的命令。</translation>
    </message>
    <message>
        <source>Seconds for a hook</source>
        <translation>Hook 的秒數上限</translation>
    </message>
    <message>
        <source>One that takes longer is ended and has failed.</source>
        <translation>超過就會被結束，並視為失敗。</translation>
    </message>
    <message>
        <source>When a hook fails</source>
        <translation>Hook 失敗時</translation>
    </message>
    <message>
        <source>Before the rollout: refuse it, or only report the failure.</source>
        <translation>部署作業之前的 Hook：拒絕部署，或只回報失敗。</translation>
    </message>
    <message>
        <source>Seconds until an owner counts as lost</source>
        <translation>幾秒後視為擁有者已離開</translation>
    </message>
    <message>
        <source>A slot that is out when Gapless is gone so long is put back by its hosts; 0: never.</source>
        <translation>Gapless 離開這麼久時，主機會把停用中的部署位置恢復；0：不恢復。</translation>
    </message>
    <message>
        <source>Site to write</source>
        <translation>要寫入的網站</translation>
    </message>
    <message>
        <source>Where the upstream file is missing, a first deployment writes it with this site.</source>
        <translation>沒有上游檔時，第一次部署會連同這個網站一起寫入。</translation>
    </message>
    <message>
        <source>What nginx&apos;s listen directive says: 80, 443 ssl, [::]:80.</source>
        <translation>nginx 的 listen 指示詞內容：80、443 ssl、[::]:80。</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>伺服器名稱</translation>
    </message>
    <message>
        <source>What nginx&apos;s server_name directive says; _ is any.</source>
        <translation>nginx 的 server_name 指示詞內容；_ 表示任何名稱。</translation>
    </message>
</context>
<context>
    <name>gapless::ActionBar</name>
    <message>
        <source>&amp;Deploy…</source>
        <translation>部署(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Roll back…</source>
        <translation>回滾(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Roll back to %1…</source>
        <translation>回滾至 %1(&amp;R)…</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>step, duration</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Slot %1: %2 · %3</source>
        <comment>slot, step, duration</comment>
        <translation>容器 %1：%2 · %3</translation>
    </message>
    <message>
        <source>&amp;Continue with the next step</source>
        <translation>繼續下一個步驟(&amp;C)</translation>
    </message>
    <message>
        <source>Do not &amp;pause</source>
        <translation>不要暫停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Pause before the next step</source>
        <translation>在下一個步驟之前暫停(&amp;P)</translation>
    </message>
    <message>
        <source>Paused before the next step</source>
        <translation>已在下一個步驟之前暫停</translation>
    </message>
    <message>
        <source>Pauses after “%1”</source>
        <comment>step</comment>
        <translation>「%1」之後暫停</translation>
    </message>
    <message>
        <source>Pauses</source>
        <translation>即將暫停</translation>
    </message>
    <message>
        <source>&amp;Finish or restore the cut-off run…</source>
        <translation>完成或還原中途中斷的部署作業(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Finish or restore the half-done run…</source>
        <translation>完成或還原部分完成的部署作業(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Decide…</source>
        <translation>做決定(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>原因(&amp;R)：</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why this run? It stands in the report.</source>
        <translation>為何執行此部署作業？會寫入報告。</translation>
    </message>
</context>
<context>
    <name>gapless::AdoptSheet</name>
    <message>
        <source>Adopt what already runs</source>
        <translation>納管已在執行的網站</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>主機(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>連接埠(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>使用者(&amp;U)</translation>
    </message>
    <message>
        <source>Log &amp;in with</source>
        <translation>登入方式(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Key file</source>
        <translation>金鑰檔案(&amp;K)</translation>
    </message>
    <message>
        <source>SignalR hu&amp;b, if any</source>
        <translation>SignalR Hub（若有）(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>查看(&amp;L)</translation>
    </message>
    <message>
        <source>Sites that were found</source>
        <translation>找到的網站</translation>
    </message>
    <message>
        <source>What to know of the site</source>
        <translation>網站須知</translation>
    </message>
    <message>
        <source>Put the &amp;secrets of the running containers into the keychain</source>
        <translation>將執行中容器的機密存入鑰匙圈(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Adopt this one…</source>
        <translation>納管此網站(&amp;A)…</translation>
    </message>
    <message>
        <source>Looking at the host</source>
        <translation>正在查看主機</translation>
    </message>
    <message>
        <source>Upstream %1 in %2</source>
        <translation>%2 中的上游 %1</translation>
    </message>
    <message>
        <source>slot %1: container %2, server %3</source>
        <comment>name, container, address</comment>
        <translation>部署位置 %1：容器 %2，伺服器 %3</translation>
    </message>
    <message>
        <source>Looking at the host …</source>
        <translation>正在查看主機…</translation>
    </message>
    <message>
        <source>Nothing was adopted.</source>
        <translation>沒有納管任何網站。</translation>
    </message>
    <message numerus="yes">
        <source>%n site(s) found. Nothing is saved yet.</source>
        <translation>
            <numerusform>找到 %n 個網站，尚未儲存任何內容。</numerusform>
        </translation>
    </message>
    <message>
        <source>Reads nginx&apos;s configuration and docker&apos;s containers; changes nothing.</source>
        <translation>讀取 nginx 的設定與 docker 的容器；不做任何變更。</translation>
    </message>
</context>
<context>
    <name>gapless::Band</name>
    <message>
        <source>No target yet</source>
        <translation>尚無部署目標</translation>
    </message>
    <message>
        <source>%1 serves %2</source>
        <comment>slot, tag</comment>
        <translation>%1 服務中：%2</translation>
    </message>
    <message>
        <source>Probes %1, failed %2</source>
        <translation>探測 %1 次，失敗 %2 次</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>正式環境</translation>
    </message>
    <message>
        <source>Staging</source>
        <translation>預備環境</translation>
    </message>
    <message>
        <source>Development</source>
        <translation>開發環境</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>測試環境</translation>
    </message>
    <message>
        <source>RECORDED DEMO: no server is touched</source>
        <translation>錄製的示範：不會動到任何伺服器</translation>
    </message>
    <message>
        <source>RECORDED: played again</source>
        <translation>錄製內容：重播中</translation>
    </message>
    <message>
        <source>%1 (%2…)</source>
        <comment>tag, digest</comment>
        <translation>%1（%2…）</translation>
    </message>
    <message>
        <source>%1 serve %2</source>
        <comment>slots, tag</comment>
        <translation>%1 服務中：%2</translation>
    </message>
</context>
<context>
    <name>gapless::CredentialsPane</name>
    <message>
        <source>Password</source>
        <translation>密碼</translation>
    </message>
    <message>
        <source>Passphrase, if the key has one</source>
        <translation>金鑰密碼（passphrase），若金鑰有設定</translation>
    </message>
    <message>
        <source>sudo password</source>
        <translation>sudo 密碼</translation>
    </message>
    <message>
        <source>Secret variable</source>
        <translation>機密變數</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>存取權杖</translation>
    </message>
    <message>
        <source>S&amp;et…</source>
        <translation>設定(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>機密</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>屬於</translation>
    </message>
    <message>
        <source>Where it is</source>
        <translation>儲存位置</translation>
    </message>
    <message>
        <source>Secrets of this target</source>
        <translation>此部署目標的機密</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>機密</translation>
    </message>
    <message>
        <source>Secrets are kept in the desktop&apos;s keychain, never in a file.</source>
        <translation>機密只存放在桌面的鑰匙圈，絕不存入檔案。</translation>
    </message>
    <message>
        <source>Secrets are kept in the desktop&apos;s keychain (%1), never in a file.</source>
        <translation>機密只存放在桌面的鑰匙圈（%1），絕不存入檔案。</translation>
    </message>
    <message>
        <source>This desktop has no keychain that can be used. What is set here is kept for this run only and forgotten when Gapless is closed.</source>
        <translation>這個桌面沒有可用的鑰匙圈。在此設定的內容只保留到 Gapless 關閉為止，關閉後即遺忘。</translation>
    </message>
    <message>
        <source>%1 of %2:</source>
        <comment>kind of secret, its owner</comment>
        <translation>%2 的%1：</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Not set: asked for when it is needed</source>
        <translation>未設定：需要時會詢問</translation>
    </message>
    <message>
        <source>In the keychain</source>
        <translation>在鑰匙圈中</translation>
    </message>
    <message>
        <source>Known for this run only</source>
        <translation>只在本次執行期間保留</translation>
    </message>
</context>
<context>
    <name>gapless::DecisionSheet</name>
    <message>
        <source>Slot %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>version, state of a slot</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>服務容量</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n slot(s) serve</source>
        <translation>
            <numerusform>%n 個容器中有 %1 個服務中</numerusform>
        </translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>處理方式</translation>
    </message>
    <message>
        <source>Last health answers</source>
        <translation>最後的健康檢查回應</translation>
    </message>
    <message>
        <source>Waiting for a decision</source>
        <translation>等待決定</translation>
    </message>
    <message>
        <source>What serves and what failed</source>
        <translation>服務中與失敗的容器</translation>
    </message>
    <message>
        <source>Last lines of the failed container</source>
        <translation>失敗容器的最後幾行 Log</translation>
    </message>
    <message>
        <source>The failed container said nothing.</source>
        <translation>失敗的容器沒有任何輸出。</translation>
    </message>
    <message>
        <source>&amp;Note for the report:</source>
        <translation>報告附註(&amp;N)：</translation>
    </message>
    <message>
        <source>Note for the report</source>
        <translation>報告附註</translation>
    </message>
    <message>
        <source>Unanswered, nothing more is done: %1. The lock says that the run waits.</source>
        <translation>若不回答，就不再進行任何動作：%1。部署鎖定會註明此作業正在等待。</translation>
    </message>
    <message>
        <source>As far as could be seen, slot %1 is configured like the slot that works.</source>
        <translation>就所能查看的範圍，容器 %1 的設定與正常的容器相同。</translation>
    </message>
    <message>
        <source>Slot %1, which works</source>
        <translation>容器 %1（正常）</translation>
    </message>
    <message>
        <source>How they differ</source>
        <translation>兩者的差異</translation>
    </message>
    <message>
        <source>Unanswered for three days: %1. The lock says that the run waits.</source>
        <translation>三天沒有回應時：%1。部署鎖定會註明部署作業正在等待。</translation>
    </message>
</context>
<context>
    <name>gapless::DemoSheet</name>
    <message>
        <source>Start the demo on this machine</source>
        <translation>在這台電腦啟動示範環境</translation>
    </message>
    <message>
        <source>This runs on this machine, as root or with sudo:
• installs the Debian packages that are missing: docker.io, nginx-light, redis-server, openssh-server, and what builds the chat site
• starts an sshd, an nginx, a Redis and, where none runs, a dockerd of its own, on loopback ports only
• keeps everything in one folder: %1
“packaging/demo/stack down” ends it, “remove” deletes it.</source>
        <translation>這會以 root 或透過 sudo 在這台電腦上執行：
• 安裝缺少的 Debian 套件：docker.io、nginx-light、redis-server、openssh-server，以及建置聊天網站所需的工具
• 啟動 sshd、nginx、Redis；若沒有執行中的 dockerd，也啟動專用的 dockerd，一律只使用 loopback 連接埠
• 所有內容都放在同一個資料夾：%1
「packaging/demo/stack down」會停止它，「remove」會刪除它。</translation>
    </message>
    <message>
        <source>What the demo&apos;s script says</source>
        <translation>示範腳本的輸出</translation>
    </message>
    <message>
        <source>&amp;Install and start</source>
        <translation>安裝並啟動(&amp;I)</translation>
    </message>
    <message>
        <source>Starting; the first time takes some minutes …</source>
        <translation>啟動中；第一次需要幾分鐘…</translation>
    </message>
    <message>
        <source>The demo runs. Its target is %1.</source>
        <translation>示範環境已啟動，其部署目標是 %1。</translation>
    </message>
    <message>
        <source>The demo did not start; what it said is above.</source>
        <translation>示範環境沒有啟動；輸出內容如上。</translation>
    </message>
</context>
<context>
    <name>gapless::DeploySheet</name>
    <message>
        <source>Looking at the site …</source>
        <translation>正在查看網站…</translation>
    </message>
    <message>
        <source>No tagged image of %1 is on the hosts. Build one and tag it, then look again.</source>
        <translation>主機上沒有 %1 的已加標籤映像檔。請先建置並加上標籤，再重新查看。</translation>
    </message>
    <message>
        <source>This target is read-only: nothing can be deployed to it.</source>
        <translation>此部署目標是唯讀的：無法部署。</translation>
    </message>
    <message>
        <source>A rollout of this target is under way.</source>
        <translation>此部署目標有部署作業正在進行。</translation>
    </message>
    <message>
        <source>The site has not been looked at yet.</source>
        <translation>尚未查看網站。</translation>
    </message>
    <message>
        <source>Choose an image.</source>
        <translation>請選擇映像檔。</translation>
    </message>
    <message>
        <source>The plan of this choice is not there yet.</source>
        <translation>此選擇的計畫尚未產生。</translation>
    </message>
    <message>
        <source>This target asks for a reason.</source>
        <translation>此部署目標要求填寫原因。</translation>
    </message>
    <message>
        <source>Type the target&apos;s name, %1.</source>
        <translation>請輸入部署目標的名稱 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%1 to %2, in %n step(s)</source>
        <translation>
            <numerusform>將 %1 部署至 %2，共 %n 個步驟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %1 to %2, in %n step(s)</source>
        <translation>
            <numerusform>從 %1 到 %2，共 %n 個步驟</numerusform>
        </translation>
    </message>
    <message>
        <source>Making the plan …</source>
        <translation>正在產生計畫…</translation>
    </message>
    <message>
        <source>&amp;Deploy it again</source>
        <translation>再部署一次(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Deploy</source>
        <translation>部署(&amp;D)</translation>
    </message>
    <message>
        <source>Deploy %1 to %2 now?</source>
        <translation>現在要將 %1 部署至 %2 嗎？</translation>
    </message>
    <message>
        <source>Exactly the plan that is shown runs, or nothing.</source>
        <translation>只會執行畫面上顯示的計畫，否則什麼都不做。</translation>
    </message>
    <message>
        <source>&amp;Not yet</source>
        <translation>先不要(&amp;N)</translation>
    </message>
    <message>
        <source>%1 (not built yet)</source>
        <translation>%1（尚未實作）</translation>
    </message>
    <message>
        <source>Deploy to %1</source>
        <translation>部署至 %1</translation>
    </message>
    <message>
        <source>&amp;Images on the hosts</source>
        <translation>主機上的映像檔(&amp;I)</translation>
    </message>
    <message>
        <source>Images on the hosts</source>
        <translation>主機上的映像檔</translation>
    </message>
    <message>
        <source>&amp;Strategy</source>
        <translation>策略(&amp;S)</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>&amp;When a later slot fails</source>
        <translation>後續容器失敗時(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Pause between steps</source>
        <translation>步驟間暫停(&amp;P)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>不暫停</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Refuse where a check warns</source>
        <translation>檢查有警告時拒絕部署</translation>
    </message>
    <message>
        <source>Watch as users do, and prove it</source>
        <translation>以使用者角度監測並留下驗證資料</translation>
    </message>
    <message>
        <source>Not watched: the target has no witness</source>
        <translation>不監測：此部署目標沒有設定連線監測</translation>
    </message>
    <message>
        <source>&amp;Reason *</source>
        <translation>原因(&amp;R) *</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>原因(&amp;R)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>&amp;Type %1</source>
        <translation>請輸入 %1(&amp;T)</translation>
    </message>
    <message>
        <source>The target&apos;s name</source>
        <translation>部署目標的名稱</translation>
    </message>
    <message>
        <source>&amp;Copy as command line</source>
        <translation>複製為命令列(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>重新查看(&amp;L)</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>處理中</translation>
    </message>
    <message>
        <source>When a later slot fails</source>
        <translation>後續容器失敗時</translation>
    </message>
    <message>
        <source>Pause between steps</source>
        <translation>步驟間暫停</translation>
    </message>
</context>
<context>
    <name>gapless::DoctorPane</name>
    <message>
        <source>Stop checking</source>
        <translation>停止檢查</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>檢查</translation>
    </message>
    <message>
        <source>Checks SSH, docker and nginx as a deployment would; changes nothing.</source>
        <translation>與部署前相同地檢查 SSH、docker 與 nginx；不做任何變更。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已複製。</translation>
    </message>
    <message>
        <source>Checking %1 …</source>
        <translation>正在檢查 %1…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>The checks could not be made.</source>
        <translation>無法進行檢查。</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) would refuse a deployment.</source>
        <translation>
            <numerusform>有 %n 項檢查會拒絕部署。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ready to deploy, with %n warning(s).</source>
        <translation>
            <numerusform>可以部署，但有 %n 項警告。</numerusform>
        </translation>
    </message>
    <message>
        <source>Ready to deploy.</source>
        <translation>可以部署。</translation>
    </message>
    <message>
        <source>Copy these lines</source>
        <translation>複製這幾行</translation>
    </message>
</context>
<context>
    <name>gapless::EventModel</name>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
</context>
<context>
    <name>gapless::EventPane</name>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
</context>
<context>
    <name>gapless::EvidencePane</name>
    <message>
        <source>Evidence</source>
        <translation>驗證資料</translation>
    </message>
    <message>
        <source>Nothing has run yet, so nothing is proved.</source>
        <translation>尚未執行任何部署作業，因此沒有驗證資料。</translation>
    </message>
    <message>
        <source>The run goes on; the verdict comes at its end.</source>
        <translation>部署作業進行中；結束時會有判定。</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>中斷時間</translation>
    </message>
    <message>
        <source>Warnings before it began</source>
        <translation>開始前的警告</translation>
    </message>
    <message>
        <source>Slot %1 failed: its last health answers</source>
        <translation>容器 %1 失敗：最後的健康檢查回應</translation>
    </message>
    <message>
        <source>Slot %1 failed: the last lines of its container</source>
        <translation>容器 %1 失敗：容器的最後幾行 Log</translation>
    </message>
</context>
<context>
    <name>gapless::Furniture</name>
    <message>
        <source>%1 waits for a decision</source>
        <translation>%1 正在等待決定</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>target, outcome</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>gapless::GroupEditor</name>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>More fields</source>
        <translation>更多欄位</translation>
    </message>
    <message>
        <source>%1 *</source>
        <comment>required field</comment>
        <translation>%1 *</translation>
    </message>
</context>
<context>
    <name>gapless::HistoryModel</name>
    <message>
        <source>Started</source>
        <translation>開始時間</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>部署目標</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>類型</translation>
    </message>
    <message>
        <source>From</source>
        <translation>從</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗時</translation>
    </message>
    <message>
        <source>By</source>
        <translation>執行者</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>gapless::HistoryPage</name>
    <message>
        <source>All targets</source>
        <translation>所有部署目標</translation>
    </message>
    <message>
        <source>Every outcome</source>
        <translation>所有結果</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>不限時間</translation>
    </message>
    <message>
        <source>In the last day</source>
        <translation>最近一天</translation>
    </message>
    <message>
        <source>In the last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>In the last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>In the last year</source>
        <translation>最近一年</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>部署目標</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人員</translation>
    </message>
    <message>
        <source>Search tags, reasons, people, runs</source>
        <translation>搜尋標籤、原因、人員、作業</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>搜尋部署紀錄</translation>
    </message>
    <message>
        <source>Past runs</source>
        <translation>過去的部署作業</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>開啟(&amp;O)</translation>
    </message>
    <message>
        <source>Co&amp;mpare the two</source>
        <translation>比較這兩次(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>匯出(&amp;E)…</translation>
    </message>
    <message>
        <source>Copy as command li&amp;ne</source>
        <translation>複製為命令列(&amp;N)</translation>
    </message>
    <message>
        <source>No run matches.</source>
        <translation>沒有符合的部署作業。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次部署作業</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported to %1.</source>
        <translation>已匯出至 %1。</translation>
    </message>
</context>
<context>
    <name>gapless::HostKeyDialog</name>
    <message>
        <source>Unknown host key</source>
        <translation>未知的主機金鑰</translation>
    </message>
    <message>
        <source>The key of %1 is not known yet.</source>
        <translation>尚未認得 %1 的主機金鑰。</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one that the host&apos;s owner gave you. If they differ, somebody may be in between.</source>
        <translation>請與主機管理者提供的指紋比對。若不相同，可能有人介於中間。</translation>
    </message>
    <message>
        <source>Address:</source>
        <translation>位址：</translation>
    </message>
    <message>
        <source>%1, port %2</source>
        <translation>%1，連接埠 %2</translation>
    </message>
    <message>
        <source>Fingerprint:</source>
        <translation>指紋：</translation>
    </message>
    <message>
        <source>Kind of key:</source>
        <translation>金鑰類型：</translation>
    </message>
    <message>
        <source>Will be written to:</source>
        <translation>將寫入：</translation>
    </message>
    <message>
        <source>&amp;Trust this key and connect</source>
        <translation>信任此金鑰並連線(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Do not connect</source>
        <translation>不要連線(&amp;D)</translation>
    </message>
</context>
<context>
    <name>gapless::LeafEditor</name>
    <message>
        <source>Expected: %1</source>
        <translation>應為：%1</translation>
    </message>
    <message>
        <source>This has to be filled in.</source>
        <translation>此欄必填。</translation>
    </message>
    <message>
        <source>numbers with commas between</source>
        <translation>以逗號分隔的數字</translation>
    </message>
    <message>
        <source>a JSON list</source>
        <translation>JSON 清單</translation>
    </message>
    <message>
        <source>This name is there twice.</source>
        <translation>名稱重複。</translation>
    </message>
</context>
<context>
    <name>gapless::LogPane</name>
    <message>
        <source>Steps and log</source>
        <translation>步驟與 Log</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步驟</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>搜尋 Log</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一個相符項目</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一個相符項目</translation>
    </message>
    <message>
        <source>Whole log</source>
        <translation>全部 Log</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟隨</translation>
    </message>
    <message>
        <source>Stay at the end while lines come in</source>
        <translation>有新行時停留在最後</translation>
    </message>
</context>
<context>
    <name>gapless::MainWindow</name>
    <message>
        <source>%1 %2</source>
        <comment>what failed, what to do</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>頁面</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>導覽</translation>
    </message>
    <message>
        <source>If you close the window, the rollout stops: what was taken out is put back and the old version serves, or, where the new version serves already, the rest is finished tidily. The window closes when that is done.</source>
        <translation>關閉視窗會停止部署作業：已移出的容器會放回，由舊版本繼續服務；若新版本已在服務，則妥善完成其餘步驟。完成後視窗才會關閉。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止並關閉</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <translation>保持開啟</translation>
    </message>
    <message numerus="yes">
        <source>%n rollout(s) under way</source>
        <translation>
            <numerusform>%n 個部署作業進行中</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>time, tag, outcome</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>No other run of this target</source>
        <translation>此部署目標沒有其他部署作業</translation>
    </message>
    <message>
        <source>Stopping; the window closes when the hosts are tidy.</source>
        <translation>正在停止；主機整理完成後，視窗會自行關閉。</translation>
    </message>
</context>
<context>
    <name>gapless::MapEditor</name>
    <message>
        <source>Remove row</source>
        <translation>移除列</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Add row</source>
        <translation>新增列</translation>
    </message>
</context>
<context>
    <name>gapless::Navigation</name>
    <message>
        <source>Targets</source>
        <translation>部署目標</translation>
    </message>
    <message>
        <source>History</source>
        <translation>部署紀錄</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>報告</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>gapless::ObjectsEditor</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add: %1</source>
        <translation>新增：%1</translation>
    </message>
    <message>
        <source>Remove: %1</source>
        <translation>移除：%1</translation>
    </message>
    <message>
        <source>host%1</source>
        <comment>name of a new host</comment>
        <translation>host%1</translation>
    </message>
    <message>
        <source>web</source>
        <comment>name of the first host</comment>
        <translation>web</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>應為：%1</translation>
    </message>
    <message>
        <source>This name is there twice.</source>
        <translation>名稱重複。</translation>
    </message>
</context>
<context>
    <name>gapless::PlanModel</name>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, step</comment>
        <translation>容器 %1：%2</translation>
    </message>
</context>
<context>
    <name>gapless::PlanPane</name>
    <message>
        <source>Plan and nginx</source>
        <translation>計畫與 nginx</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>計畫</translation>
    </message>
    <message>
        <source>No plan: nothing has run.</source>
        <translation>沒有計畫：尚未執行任何部署作業。</translation>
    </message>
    <message>
        <source>The plan that was approved.</source>
        <translation>已核准的計畫。</translation>
    </message>
    <message>
        <source>What was done, step by step.</source>
        <translation>逐步執行的內容。</translation>
    </message>
</context>
<context>
    <name>gapless::PlanView</name>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, step</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>計畫</translation>
    </message>
</context>
<context>
    <name>gapless::PresentationStrip</name>
    <message>
        <source>Failed: %1</source>
        <translation>失敗：%1</translation>
    </message>
    <message>
        <source>Longest gap: %1</source>
        <translation>最長中斷：%1</translation>
    </message>
    <message>
        <source>Lost messages: %1</source>
        <translation>遺失訊息：%1</translation>
    </message>
</context>
<context>
    <name>gapless::RecoverySheet</name>
    <message>
        <source>Looking at the site …</source>
        <translation>正在查看網站…</translation>
    </message>
    <message>
        <source>The site could not be looked at.</source>
        <translation>無法查看網站。</translation>
    </message>
    <message>
        <source>The run %1 of %2 on %3 is under way, not cut off.</source>
        <translation>%3 上由 %2 執行的部署作業 %1 正在進行，並未中斷。</translation>
    </message>
    <message>
        <source>No run was cut off: nothing is to be done.</source>
        <translation>沒有中途中斷的部署作業：不需要處理。</translation>
    </message>
    <message>
        <source>The run %1 of %2 on %3 ended half done.</source>
        <translation>%3 上由 %2 執行的部署作業 %1 只完成了一部分。</translation>
    </message>
    <message>
        <source>The run %1 of %2 on %3 was cut off.</source>
        <translation>%3 上由 %2 執行的部署作業 %1 中途中斷了。</translation>
    </message>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, step</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>The run %1 of %2 on %3 was cut off in the step “%4”.</source>
        <translation>%3 上由 %2 執行的部署作業 %1 在步驟「%4」中途中斷了。</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>發現的狀態</translation>
    </message>
    <message>
        <source>In nginx</source>
        <translation>在 nginx 中</translation>
    </message>
    <message>
        <source>Answers as expected</source>
        <translation>回應符合預期</translation>
    </message>
    <message>
        <source>Old container kept</source>
        <translation>保留了舊容器</translation>
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
        <source>It was to bring the site to %1.</source>
        <translation>原本要將網站換成 %1。</translation>
    </message>
    <message>
        <source>It was to bring the site from %1 to %2.</source>
        <translation>原本要將網站由 %1 換成 %2。</translation>
    </message>
    <message>
        <source>&amp;Finish: every slot serves %1; if that fails, it is restored</source>
        <translation>完成：所有容器都由 %1 服務；若失敗則還原(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Restore: what the run created is removed</source>
        <translation>還原：移除部署作業建立的項目(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Restore: every slot serves %1 again</source>
        <translation>還原：所有容器重新由 %1 服務(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Leave it as it is: %1; only the lock is taken away</source>
        <comment>what serves</comment>
        <translation>維持原樣：%1；只移除部署鎖定(&amp;L)</translation>
    </message>
    <message>
        <source>A run that was cut off</source>
        <translation>中途中斷的部署作業</translation>
    </message>
    <message>
        <source>Looking at the site</source>
        <translation>正在查看網站</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>發現的狀態</translation>
    </message>
    <message>
        <source>R&amp;eason</source>
        <translation>原因(&amp;E)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>再看一次(&amp;A)</translation>
    </message>
    <message>
        <source>%1 (proposed)</source>
        <translation>%1（建議）</translation>
    </message>
    <message>
        <source>This target is read-only: nothing can be changed on it.</source>
        <translation>此部署目標為唯讀：無法變更任何內容。</translation>
    </message>
    <message>
        <source>As long as its owner gives signs of life, nobody else may touch the site.</source>
        <translation>只要擁有者仍有心跳訊號，其他人就不得變更網站。</translation>
    </message>
    <message>
        <source>It cannot be finished: the new image is not on every host.</source>
        <translation>無法完成：並非每台主機都有新的映像檔。</translation>
    </message>
    <message>
        <source>It cannot be restored: neither the old containers nor their image are there.</source>
        <translation>無法還原：舊容器與其映像檔都已不存在。</translation>
    </message>
</context>
<context>
    <name>gapless::ReleaseModel</name>
    <message>
        <source>%1 (previous)</source>
        <comment>tag</comment>
        <translation>%1（前一版）</translation>
    </message>
    <message>
        <source>on every host</source>
        <translation>所有主機皆有</translation>
    </message>
    <message>
        <source>not on %1</source>
        <translation>%1 上沒有</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>標籤</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要值</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>建置時間</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>部署位置</translation>
    </message>
    <message>
        <source>Last verdict</source>
        <translation>最近的判定</translation>
    </message>
</context>
<context>
    <name>gapless::ReleasesPane</name>
    <message>
        <source>Releases on the hosts</source>
        <translation>主機上的版本</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>重新查看(&amp;L)</translation>
    </message>
    <message>
        <source>De&amp;ploy this one…</source>
        <translation>部署此版本(&amp;P)…</translation>
    </message>
    <message>
        <source>Roll &amp;back to this one…</source>
        <translation>回滾至此版本(&amp;B)…</translation>
    </message>
    <message>
        <source>Looking at the hosts</source>
        <translation>正在查看主機</translation>
    </message>
    <message>
        <source>Choose a target at the left.</source>
        <translation>請在左側選擇部署目標。</translation>
    </message>
    <message>
        <source>Looking at the hosts …</source>
        <translation>正在查看主機…</translation>
    </message>
    <message numerus="yes">
        <source>%n release(s), as of %1</source>
        <translation>
            <numerusform>%n 個版本，截至 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>版本</translation>
    </message>
</context>
<context>
    <name>gapless::ReportsPage</name>
    <message>
        <source>Exported to %1.</source>
        <translation>已匯出至 %1。</translation>
    </message>
    <message>
        <source>Runs with a report</source>
        <translation>有報告的部署作業</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>報告</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>匯出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Copy as command line</source>
        <translation>複製為命令列(&amp;C)</translation>
    </message>
    <message>
        <source>No rollout has run yet, so there is nothing to report.</source>
        <translation>尚未執行任何部署作業，所以沒有可報告的內容。</translation>
    </message>
</context>
<context>
    <name>gapless::RollbackDialog</name>
    <message>
        <source>Errors since the new release</source>
        <translation>新版本上線後發生錯誤</translation>
    </message>
    <message>
        <source>Slower since the new release</source>
        <translation>新版本上線後變慢</translation>
    </message>
    <message>
        <source>The wrong release was deployed</source>
        <translation>部署了錯誤的版本</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
    <message>
        <source>Roll back %1</source>
        <translation>回滾 %1</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Last time it took:</source>
        <translation>上次耗時：</translation>
    </message>
    <message>
        <source>It last went live:</source>
        <translation>上次上線：</translation>
    </message>
    <message>
        <source>Configuration since then:</source>
        <translation>之後的設定變更：</translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation>原因(&amp;R)：</translation>
    </message>
    <message>
        <source>The target&apos;s name</source>
        <translation>部署目標的名稱</translation>
    </message>
    <message>
        <source>&amp;Type %1:</source>
        <translation>請輸入 %1(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Copy as command line</source>
        <translation>複製為命令列(&amp;C)</translation>
    </message>
    <message>
        <source>R&amp;oll back to %1</source>
        <translation>回滾至 %1(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>現在不要(&amp;N)</translation>
    </message>
    <message>
        <source>not known; the last deployment took %1</source>
        <translation>不明；上次部署耗時 %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>not by Gapless, as far as this machine knows</source>
        <translation>就這台電腦所知，不是由 Gapless 部署</translation>
    </message>
    <message>
        <source>%1; verdict: %2</source>
        <comment>time, verdict</comment>
        <translation>%1；判定：%2</translation>
    </message>
    <message>
        <source>This target is read-only: nothing can be changed on it.</source>
        <translation>此部署目標是唯讀的：無法變更。</translation>
    </message>
    <message>
        <source>A rollout of this target is under way.</source>
        <translation>此部署目標有部署作業正在進行。</translation>
    </message>
    <message>
        <source>This target asks for a reason.</source>
        <translation>此部署目標要求填寫原因。</translation>
    </message>
    <message>
        <source>Type the target&apos;s name, since this is not the previous release.</source>
        <translation>這不是前一版，請輸入部署目標的名稱。</translation>
    </message>
    <message>
        <source>Roll %1 back to %2?</source>
        <translation>要將 %1 回滾至 %2 嗎？</translation>
    </message>
    <message>
        <source>Roll %1 back from %2 to %3?</source>
        <translation>要將 %1 從 %2 回滾至 %3 嗎？</translation>
    </message>
    <message>
        <source>&amp;Use the options that %1 last ran with</source>
        <translation>使用 %1 上次執行時的選項(&amp;U)</translation>
    </message>
    <message>
        <source>Looking at the hosts …</source>
        <translation>正在查看主機…</translation>
    </message>
    <message>
        <source>could not be found out: %1</source>
        <translation>無法得知：%1</translation>
    </message>
    <message>
        <source>not known: no run noted how it was configured</source>
        <translation>未知：沒有部署作業記下當時的設定</translation>
    </message>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, what has changed</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>還有 %n 項</numerusform>
        </translation>
    </message>
    <message>
        <source>The values of these variables were not kept: %1</source>
        <translation>下列變數的值沒有保留下來：%1</translation>
    </message>
    <message>
        <source>nothing has changed</source>
        <translation>沒有變更</translation>
    </message>
    <message>
        <source>Files on the hosts stay as they are; the saved target is not changed.</source>
        <translation>主機上的檔案維持原樣；已儲存的部署目標不會變更。</translation>
    </message>
</context>
<context>
    <name>gapless::RunPane</name>
    <message>
        <source>Details of the run</source>
        <translation>部署作業明細</translation>
    </message>
</context>
<context>
    <name>gapless::ScenarioPane</name>
    <message>
        <source>Demo</source>
        <translation>示範</translation>
    </message>
    <message>
        <source>&amp;Pause between steps:</source>
        <translation>步驟之間暫停(&amp;P)：</translation>
    </message>
    <message>
        <source>Pause between steps</source>
        <translation>步驟之間暫停</translation>
    </message>
    <message>
        <source>none</source>
        <translation>不暫停</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>The &amp;old pipeline</source>
        <translation>舊的 Pipeline(&amp;O)</translation>
    </message>
    <message>
        <source>A shell script as such sites have it: stops, removes, runs. Watch the 502s.</source>
        <translation>這類網站常見的 Shell 腳本：停止、移除、執行。請看其中的 502。</translation>
    </message>
    <message>
        <source>Ro&amp;lling</source>
        <translation>滾動部署(&amp;L)</translation>
    </message>
    <message>
        <source>The other release, slot after slot, without a failed request.</source>
        <translation>換成另一個版本，逐一替換容器，沒有失敗的請求。</translation>
    </message>
    <message>
        <source>&amp;First slot fails</source>
        <translation>第一個容器失敗(&amp;F)</translation>
    </message>
    <message>
        <source>An image that never gets ready: what served before serves again.</source>
        <translation>永遠不會就緒的映像檔：由原本的版本繼續服務。</translation>
    </message>
    <message>
        <source>Se&amp;cond slot fails</source>
        <translation>第二個容器失敗(&amp;C)</translation>
    </message>
    <message>
        <source>A has the new release, B does not get ready: a question, and three ways on.</source>
        <translation>A 已是新版本，B 無法就緒：會詢問您，並提供三種做法。</translation>
    </message>
    <message>
        <source>Roll &amp;back</source>
        <translation>回滾(&amp;B)</translation>
    </message>
    <message>
        <source>To the previous release.</source>
        <translation>回滾至上一版。</translation>
    </message>
    <message>
        <source>&amp;Missing affinity</source>
        <translation>缺少連線黏著(&amp;M)</translation>
    </message>
    <message>
        <source>nginx without ip_hash or a cookie: negotiation and connection part, and hub clients fail.</source>
        <translation>nginx 沒有 ip_hash 也沒有 Cookie：協商與連線分到不同容器，Hub 用戶端因此失敗。</translation>
    </message>
    <message>
        <source>Under way …</source>
        <translation>進行中…</translation>
    </message>
    <message>
        <source>A rollout is under way.</source>
        <translation>部署作業進行中。</translation>
    </message>
    <message>
        <source>One click each, on the demo stack alone.</source>
        <translation>各按一次即可，只作用於示範環境。</translation>
    </message>
</context>
<context>
    <name>gapless::SecretDialog</name>
    <message>
        <source>Password of %1</source>
        <translation>%1 的密碼</translation>
    </message>
    <message>
        <source>Passphrase of the key %1</source>
        <translation>金鑰 %1 的金鑰密碼（passphrase）</translation>
    </message>
    <message>
        <source>sudo password of %1</source>
        <translation>%1 的 sudo 密碼</translation>
    </message>
    <message>
        <source>%1 asks: %2</source>
        <comment>login, the server&apos;s own words</comment>
        <translation>%1 詢問：%2</translation>
    </message>
    <message>
        <source>&amp;Keep it in the desktop&apos;s keychain</source>
        <translation>存入桌面的鑰匙圈(&amp;K)</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登入</translation>
    </message>
    <message>
        <source>✗ That was refused.</source>
        <translation>✗ 遭到拒絕。</translation>
    </message>
    <message>
        <source>&amp;Log in</source>
        <translation>登入(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
</context>
<context>
    <name>gapless::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>語言(&amp;L)：</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>色彩(&amp;C)：</translation>
    </message>
    <message>
        <source>As the desktop says</source>
        <translation>依桌面環境</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>淺色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Presentation: large text, light, addresses hidden (F5)</source>
        <translation>簡報模式：大字、淺色、隱藏位址 (F5)(&amp;P)</translation>
    </message>
    <message>
        <source>Data folder:</source>
        <translation>資料夾：</translation>
    </message>
    <message>
        <source>Secrets are kept in:</source>
        <translation>認證資料存放於：</translation>
    </message>
    <message>
        <source>this run only; there is no keychain</source>
        <translation>僅本次執行；此處沒有鑰匙圈</translation>
    </message>
    <message>
        <source>the desktop&apos;s keychain (%1)</source>
        <translation>桌面環境的鑰匙圈（%1）</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>色彩</translation>
    </message>
</context>
<context>
    <name>gapless::SheetFrame</name>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>關閉 (Esc)</translation>
    </message>
</context>
<context>
    <name>gapless::SourceForm</name>
    <message>
        <source>Say where the release comes from.</source>
        <translation>請填寫版本的來源。</translation>
    </message>
    <message>
        <source>Say what the release is to be called.</source>
        <translation>請填寫版本的標籤。</translation>
    </message>
    <message>
        <source>Archive of an image</source>
        <translation>映像檔封存檔</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>資料夾</translation>
    </message>
    <message>
        <source>An image on the hosts</source>
        <translation>主機上的映像檔</translation>
    </message>
    <message>
        <source>A commit of a git repository</source>
        <translation>git 儲存庫的提交</translation>
    </message>
    <message>
        <source>A folder with a Dockerfile</source>
        <translation>含 Dockerfile 的資料夾</translation>
    </message>
    <message>
        <source>An archive of an image</source>
        <translation>映像檔的封存檔</translation>
    </message>
    <message>
        <source>An image of this machine&apos;s docker</source>
        <translation>本機 docker 的映像檔</translation>
    </message>
    <message>
        <source>A registry</source>
        <translation>容器登錄庫</translation>
    </message>
    <message>
        <source>Release &amp;from</source>
        <translation>版本來源(&amp;F)</translation>
    </message>
    <message>
        <source>Release from</source>
        <translation>版本來源</translation>
    </message>
    <message>
        <source>Re&amp;vision</source>
        <translation>修訂版(&amp;V)</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>修訂版</translation>
    </message>
    <message>
        <source>the default branch&apos;s head</source>
        <translation>預設分支的最新提交</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>標籤</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>瀏覽(&amp;B)…</translation>
    </message>
    <message>
        <source>Path &amp;or URL</source>
        <translation>路徑或 URL(&amp;O)</translation>
    </message>
    <message>
        <source>F&amp;older</source>
        <translation>資料夾(&amp;O)</translation>
    </message>
    <message>
        <source>File &amp;or folder</source>
        <translation>檔案或資料夾(&amp;O)</translation>
    </message>
    <message>
        <source>Image, d&amp;ocker&apos;s name</source>
        <translation>映像檔（docker 的名稱）(&amp;O)</translation>
    </message>
    <message>
        <source>Registr&amp;y reference</source>
        <translation>登錄庫參照(&amp;Y)</translation>
    </message>
    <message>
        <source>Ta&amp;g</source>
        <translation>標籤(&amp;G)</translation>
    </message>
</context>
<context>
    <name>gapless::StepModel</name>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, step</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>%1, running</source>
        <translation>%1，執行中</translation>
    </message>
    <message>
        <source>%1, failed</source>
        <translation>%1，失敗</translation>
    </message>
    <message>
        <source>%1, done</source>
        <translation>%1，已完成</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步驟</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗時</translation>
    </message>
    <message>
        <source>Usually</source>
        <translation>通常</translation>
    </message>
</context>
<context>
    <name>gapless::TargetEditor</name>
    <message>
        <source>This has to be filled in.</source>
        <translation>此欄必填。</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>應為：%1</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>編輯 %1</translation>
    </message>
    <message>
        <source>New target</source>
        <translation>新增部署目標</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>區段</translation>
    </message>
    <message>
        <source>&amp;Check the site</source>
        <translation>檢查網站(&amp;C)</translation>
    </message>
    <message>
        <source>Next &amp;problem</source>
        <translation>下一個問題(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>儲存(&amp;S)</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>取消(&amp;N)</translation>
    </message>
    <message>
        <source>General</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Image and build</source>
        <translation>映像檔與建置</translation>
    </message>
    <message>
        <source>Rollout</source>
        <translation>部署作業</translation>
    </message>
    <message>
        <source>%1 *</source>
        <comment>required field</comment>
        <translation>%1 *</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>機密</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>檢查</translation>
    </message>
    <message>
        <source>%1  ✗ %2</source>
        <comment>page, number of problems</comment>
        <translation>%1  ✗ %2</translation>
    </message>
    <message>
        <source>Every field is right. “Check the site” asks the hosts themselves.</source>
        <translation>所有欄位都正確。「檢查網站」會實際詢問主機。</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) to be mended.</source>
        <translation>
            <numerusform>有 %n 個欄位需要修正。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is a target of this name already.</source>
        <translation>已經有同名的部署目標。</translation>
    </message>
    <message>
        <source>What was typed has not been saved.</source>
        <translation>輸入的內容尚未儲存。</translation>
    </message>
    <message>
        <source>&amp;Discard it</source>
        <translation>捨棄(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Keep editing</source>
        <translation>繼續編輯(&amp;K)</translation>
    </message>
</context>
<context>
    <name>gapless::TargetList</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Export a target</source>
        <translation>匯出部署目標</translation>
    </message>
    <message>
        <source>Search targets</source>
        <translation>搜尋部署目標</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>部署目標</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>新增(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>部署目標(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>編輯(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Duplicate…</source>
        <translation>複製一份(&amp;D)…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>匯出(&amp;X)…</translation>
    </message>
    <message>
        <source>&amp;Copy its check as a command line</source>
        <translation>將檢查複製為命令列(&amp;C)</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>刪除(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>匯入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;New target…</source>
        <translation>新增部署目標(&amp;N)…</translation>
    </message>
    <message>
        <source>%1
%2</source>
        <comment>target, its environment</comment>
        <translation>%1
%2</translation>
    </message>
    <message>
        <source>✗ %1</source>
        <comment>a target file that cannot be read</comment>
        <translation>✗ %1</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <comment>name of a duplicated target</comment>
        <translation>%1 複本</translation>
    </message>
    <message>
        <source>A rollout of %1 is under way; it cannot be deleted now.</source>
        <translation>%1 有部署作業正在進行，現在無法刪除。</translation>
    </message>
    <message>
        <source>Delete the target %1? Its history stays; nothing changes on any host.</source>
        <translation>要刪除部署目標 %1 嗎？部署紀錄會保留，任何主機都不會變更。</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>刪除(&amp;D)</translation>
    </message>
    <message>
        <source>Import a target</source>
        <translation>匯入部署目標</translation>
    </message>
    <message>
        <source>Target files (*.json)</source>
        <translation>部署目標檔案 (*.json)</translation>
    </message>
    <message>
        <source>A target named %1 is saved already. Replace it?</source>
        <translation>已經有名為 %1 的部署目標。要取代它嗎？</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>取代(&amp;R)</translation>
    </message>
    <message>
        <source>Exported to %1. A target file never holds a secret.</source>
        <translation>已匯出至 %1。部署目標檔案絕不含機密。</translation>
    </message>
</context>
<context>
    <name>gapless::TestClient</name>
    <message>
        <source>Reconnect attempt %1 in %2</source>
        <translation>%2 後進行第 %1 次重新連線</translation>
    </message>
    <message>
        <source>No more attempts to reconnect</source>
        <translation>不再嘗試重新連線</translation>
    </message>
    <message>
        <source>Connection lost: %1</source>
        <translation>連線中斷：%1</translation>
    </message>
    <message>
        <source>Closed: %1</source>
        <translation>已關閉：%1</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已關閉</translation>
    </message>
    <message>
        <source>Connected again after %1, at attempt %2</source>
        <translation>中斷 %1 後，於第 %2 次嘗試重新連線成功</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>正在連線至 %1</translation>
    </message>
    <message>
        <source>Not connected: %1</source>
        <translation>未連線：%1</translation>
    </message>
    <message>
        <source>slot %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>已斷線</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>正在連線…</translation>
    </message>
    <message>
        <source>Disconnecting …</source>
        <translation>正在斷線…</translation>
    </message>
    <message>
        <source>Reconnecting …</source>
        <translation>正在重新連線…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已連線</translation>
    </message>
    <message>
        <source>id %1</source>
        <translation>識別碼 %1</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>連線(&amp;C)</translation>
    </message>
    <message>
        <source>Dis&amp;connect</source>
        <translation>斷線(&amp;C)</translation>
    </message>
    <message>
        <source>Expected: a JSON list</source>
        <translation>應為：JSON 清單</translation>
    </message>
    <message>
        <source>Ar&amp;guments</source>
        <translation>引數(&amp;G)</translation>
    </message>
    <message>
        <source>Ar&amp;guments ✗ not a JSON list</source>
        <translation>引數(&amp;G) ✗ 不是 JSON 清單</translation>
    </message>
    <message>
        <source>&amp;URL</source>
        <translation>URL(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Hub</source>
        <translation>Hub(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Messages to show, with commas</source>
        <translation>要顯示的訊息，以逗號分隔(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>通訊協定(&amp;P)</translation>
    </message>
    <message>
        <source>Arguments, as a JSON list</source>
        <translation>引數（JSON 清單）</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>&amp;Skip negotiation</source>
        <translation>略過協商(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Invoke</source>
        <translation>呼叫(&amp;I)</translation>
    </message>
    <message>
        <source>Cop&amp;y all</source>
        <translation>全部複製(&amp;Y)</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>訊息</translation>
    </message>
    <message>
        <source>State of the connection</source>
        <translation>連線狀態</translation>
    </message>
    <message>
        <source>M&amp;ethod to invoke</source>
        <translation>要呼叫的方法(&amp;E)</translation>
    </message>
    <message>
        <source>Test client</source>
        <translation>測試用戶端</translation>
    </message>
    <message>
        <source>Tra&amp;nsport</source>
        <translation>傳輸方式(&amp;N)</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>清除(&amp;L)</translation>
    </message>
</context>
<context>
    <name>gapless::TimelineBar</name>
    <message>
        <source>Play again</source>
        <translation>重播</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>整個部署作業</translation>
    </message>
    <message>
        <source>Follow the end</source>
        <translation>跟隨最新</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比較…</translation>
    </message>
    <message>
        <source>Show the whole run (Home)</source>
        <translation>顯示整個部署作業 (Home)</translation>
    </message>
    <message>
        <source>Stay at the newest (End)</source>
        <translation>停留在最新時刻 (End)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom in (W, +, wheel)</source>
        <translation>放大（W、+、滾輪）</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Zoom out (S, −, wheel)</source>
        <translation>縮小（S、−、滾輪）</translation>
    </message>
    <message>
        <source>Previous failure</source>
        <translation>上一個失敗</translation>
    </message>
    <message>
        <source>Previous failure (,)</source>
        <translation>上一個失敗 (,)</translation>
    </message>
    <message>
        <source>Next failure</source>
        <translation>下一個失敗</translation>
    </message>
    <message>
        <source>Next failure (.)</source>
        <translation>下一個失敗 (.)</translation>
    </message>
    <message>
        <source>Show a second run below, aligned at the first traffic switch</source>
        <translation>在下方顯示另一次部署作業，對齊首次切換流量的時刻</translation>
    </message>
    <message>
        <source>Play the run again from its start</source>
        <translation>從頭重播這次部署作業</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
</context>
<context>
    <name>gapless::TimelineView</name>
    <message>
        <source>No rollout has been seen here yet. A deployment, live or past, shows here as it happened: what the gateway did, what each slot was, and what users felt.</source>
        <translation>這裡尚無部署作業。進行中或過去的部署都會如實顯示在此：閘道做了什麼、每個容器的狀態，以及使用者的感受。</translation>
    </message>
    <message>
        <source>HTTP: %1 to %2, failed %3</source>
        <comment>latencies within 0.1 s</comment>
        <translation>HTTP：%1 到 %2，失敗 %3</translation>
    </message>
    <message>
        <source>HTTP: failed %1</source>
        <translation>HTTP：失敗 %1</translation>
    </message>
    <message>
        <source>‖ %1</source>
        <comment>a lane of the run that is compared</comment>
        <translation>‖ %1</translation>
    </message>
    <message>
        <source>requests %1, failed %2</source>
        <translation>請求 %1 次，失敗 %2 次</translation>
    </message>
    <message>
        <source>p50 %1, p99 %2</source>
        <translation>p50 %1，p99 %2</translation>
    </message>
    <message>
        <source>longest gap %1</source>
        <translation>最長中斷 %1</translation>
    </message>
    <message>
        <source>no gap</source>
        <translation>無中斷</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>時間軸</translation>
    </message>
    <message>
        <source>Lanes of the gateway, the slots and the probes; the table of events says the same</source>
        <translation>閘道、容器與探測的泳道；事件表格有相同內容</translation>
    </message>
</context>
<context>
    <name>gapless::WizardSheet</name>
    <message>
        <source>The first target</source>
        <translation>第一個部署目標</translation>
    </message>
    <message>
        <source>New target</source>
        <translation>新增部署目標</translation>
    </message>
    <message>
        <source>A target is the site that is deployed to: its hosts, the nginx in front, and the containers behind it. Nothing is changed on any host here.</source>
        <translation>部署目標就是要部署的網站：它的主機、前面的 nginx，以及後面的容器。在此不會變更任何主機。</translation>
    </message>
    <message>
        <source>&amp;Adopt what already runs…</source>
        <translation>納管已在執行的網站(&amp;A)…</translation>
    </message>
    <message>
        <source>Looks at a host over SSH, reads nginx&apos;s upstreams and docker&apos;s containers, and proposes a target.</source>
        <translation>透過 SSH 查看主機，讀取 nginx 的上游與 docker 的容器，並建議一個部署目標。</translation>
    </message>
    <message>
        <source>&amp;Import a target file…</source>
        <translation>匯入部署目標檔案(&amp;I)…</translation>
    </message>
    <message>
        <source>A file that was exported here or by gaplessctl.</source>
        <translation>由此處或 gaplessctl 匯出的檔案。</translation>
    </message>
    <message>
        <source>&amp;Fill in a form…</source>
        <translation>填寫表單(&amp;F)…</translation>
    </message>
    <message>
        <source>Every field, checked while typing.</source>
        <translation>所有欄位，輸入時即時檢查。</translation>
    </message>
    <message>
        <source>&amp;Play the demo</source>
        <translation>播放示範(&amp;P)</translation>
    </message>
    <message>
        <source>Replays a recorded rollout at once. No host is touched.</source>
        <translation>立即重播一次錄製的部署作業，不會動到任何主機。</translation>
    </message>
    <message>
        <source>&amp;Start the demo on this machine…</source>
        <translation>在這台電腦啟動示範環境(&amp;S)…</translation>
    </message>
    <message>
        <source>Needs the source folder of Gapless with packaging/demo; it was not found.</source>
        <translation>需要含有 packaging/demo 的 Gapless 原始碼資料夾，但找不到。</translation>
    </message>
    <message>
        <source>A real gateway and two real containers on this machine. Says what it installs, and asks.</source>
        <translation>在這台電腦上建立真實的閘道與兩個真實的容器。會先說明要安裝什麼並徵求同意。</translation>
    </message>
</context>
</TS>
