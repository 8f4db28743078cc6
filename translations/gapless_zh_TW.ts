<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Adopting</name>
    <message>
        <source>, </source>
        <comment>between the members of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>there is no container behind the server %1; a deployment creates %2.</source>
        <translation>伺服器 %1 後面沒有容器；部署時會建立 %2。</translation>
    </message>
    <message>
        <source>its server line %1 is down, as a pipeline that was cut off leaves it; a deployment replaces this slot first and puts it up.</source>
        <translation>它的 server 行 %1 是停用狀態，像是中途停掉的 Pipeline 留下的；部署時會先更換這個部署位置並啟用它。</translation>
    </message>
    <message>
        <source>the container %1 does not run (%2).</source>
        <translation>容器 %1 沒有在執行（%2）。</translation>
    </message>
    <message>
        <source>it runs %1, which is the release %2.</source>
        <translation>執行的是 %1，也就是版本 %2。</translation>
    </message>
    <message>
        <source>no release tag names the image it runs (%1). Tag it, or there is nothing to roll back to after the first deployment:</source>
        <translation>它執行的映像檔（%1）沒有版本標籤。請加上標籤，否則第一次部署之後沒有可以回滾的版本：</translation>
    </message>
    <message>
        <source>docker compose made %1 (project %2) and would make it again its own way: take the service out of the compose file.</source>
        <translation>%1 是 docker compose 建立的（專案 %2），它會用自己的方式重建：請把這個服務從 compose 檔移除。</translation>
    </message>
    <message>
        <source>this of %1 cannot be given to a new container: %2. See that the site does without.</source>
        <translation>%1 的這些設定無法帶到新容器：%2。請確認網站沒有它們也能運作。</translation>
    </message>
    <message>
        <source>The slots run different images. A deployment brings them to one.</source>
        <translation>各部署位置執行的映像檔不同。部署後會一致。</translation>
    </message>
    <message>
        <source>The one container %1 on port %2 becomes two slots without an outage: the first deployment starts a second one on port %3, adds “server %4” to the upstream, and only then replaces the first.</source>
        <translation>連接埠 %2 上唯一的容器 %1 會變成兩個部署位置，期間不停機：第一次部署先在連接埠 %3 啟動第二個容器、把「server %4」加進上游，然後才更換第一個。</translation>
    </message>
    <message>
        <source>nginx passes to %1 itself (%2, line %3). Write the upstream below to %4, change that line to “proxy_pass http://%5”, test and reload; nothing changes for users.</source>
        <translation>nginx 直接轉給 %1（%2 第 %3 行）。請把下面的上游寫到 %4，將那一行改成「proxy_pass http://%5」，測試後重新載入；對使用者沒有任何改變。</translation>
    </message>
    <message>
        <source>These variables look like secrets and are not in the target: %1. Their values belong into the keychain.</source>
        <translation>這些變數看起來是機密，沒有寫進部署目標：%1。它們的值應該放在鑰匙圈裡。</translation>
    </message>
    <message>
        <source>These secrets differ between the slots, and a target has one value for all: %1.</source>
        <translation>這些機密在各部署位置的值不同，而部署目標只有一個共用的值：%1。</translation>
    </message>
    <message>
        <source>The mounts of %1 differ from the other slot&apos;s; the target has the other&apos;s.</source>
        <translation>%1 的掛載與另一個部署位置不同；部署目標採用另一個的。</translation>
    </message>
    <message>
        <source>The options of %1 differ from the other slot&apos;s; the target has the other&apos;s.</source>
        <translation>%1 的選項與另一個部署位置不同；部署目標採用另一個的。</translation>
    </message>
    <message>
        <source>%1 has no restart policy and would not come back after a restart of the host; the target says “unless-stopped”.</source>
        <translation>%1 沒有重新啟動原則，主機重新啟動後不會回來；部署目標寫的是「unless-stopped」。</translation>
    </message>
    <message>
        <source>nginx runs in the container %1, and its file %2 is in no mount: mount its folder from the host, so that an edit outlives the container.</source>
        <translation>nginx 在容器 %1 裡執行，而它的檔案 %2 不在任何掛載中：請從主機掛載那個資料夾，修改才不會隨容器消失。</translation>
    </message>
    <message>
        <source>Slot %1: %2</source>
        <comment>name, what is found of it</comment>
        <translation>部署位置 %1：%2</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>SSH login</source>
        <translation>SSH 登入</translation>
    </message>
    <message>
        <source>the host cannot be logged in to</source>
        <translation>無法登入主機</translation>
    </message>
    <message>
        <source>Check address, port, user and auth in the target, and that the host is up.</source>
        <translation>請檢查部署目標的 address、port、user 與 auth，並確認主機已開機。</translation>
    </message>
    <message>
        <source>Host key</source>
        <translation>主機金鑰</translation>
    </message>
    <message>
        <source>the host key is not the one that is known</source>
        <translation>主機金鑰與已知的不符</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one the host&apos;s owner gives you; pin it in the target&apos;s hostKey.</source>
        <translation>請與主機負責人提供的指紋比對，並寫入部署目標的 hostKey。</translation>
    </message>
    <message>
        <source>sudo</source>
        <translation>sudo</translation>
    </message>
    <message>
        <source>the user may not do as root what a rollout needs</source>
        <translation>使用者無權以 root 執行部署作業所需的命令</translation>
    </message>
    <message>
        <source>Docker</source>
        <translation>Docker</translation>
    </message>
    <message>
        <source>docker cannot be used on the host</source>
        <translation>無法在主機上使用 docker</translation>
    </message>
    <message>
        <source>Disk space</source>
        <translation>磁碟空間</translation>
    </message>
    <message>
        <source>Free space there, for instance with “docker image prune”.</source>
        <translation>請釋出該處的空間，例如執行「docker image prune」。</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>連接埠</translation>
    </message>
    <message>
        <source>Stop what holds the port, or give the slot another one in publish and server.</source>
        <translation>請停止占用連接埠的程式，或在 publish 與 server 改用其他連接埠。</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>掛載</translation>
    </message>
    <message>
        <source>Create it on the slot&apos;s host, or correct container.mounts.</source>
        <translation>請在該容器的主機上建立，或修正 container.mounts。</translation>
    </message>
    <message>
        <source>Container network</source>
        <translation>容器網路</translation>
    </message>
    <message>
        <source>Create the network, or correct container.network.</source>
        <translation>請建立該網路，或修正 container.network。</translation>
    </message>
    <message>
        <source>Restart policy</source>
        <translation>重新啟動原則</translation>
    </message>
    <message>
        <source>Set container.restart to “unless-stopped” in the target.</source>
        <translation>請將部署目標的 container.restart 設為「unless-stopped」。</translation>
    </message>
    <message>
        <source>Upstream</source>
        <translation>上游</translation>
    </message>
    <message>
        <source>the upstream block does not have each slot&apos;s server once</source>
        <translation>上游區塊中，各容器的 server 並非恰好一行</translation>
    </message>
    <message>
        <source>Correct gateway.upstreamFile, gateway.upstream and the slots&apos; server in the target, or the file.</source>
        <translation>請修正部署目標的 gateway.upstreamFile、gateway.upstream 與各容器的 server，或修正該檔案。</translation>
    </message>
    <message>
        <source>nginx configuration</source>
        <translation>nginx 設定</translation>
    </message>
    <message>
        <source>nginx rejects its configuration as it stands</source>
        <translation>nginx 目前的設定無法通過測試</translation>
    </message>
    <message>
        <source>Mend it until “nginx -t” passes.</source>
        <translation>請修正至「nginx -t」通過為止。</translation>
    </message>
    <message>
        <source>nginx reload</source>
        <translation>nginx 重新載入</translation>
    </message>
    <message>
        <source>worker_shutdown_timeout</source>
        <translation>worker_shutdown_timeout</translation>
    </message>
    <message>
        <source>max_fails</source>
        <translation>max_fails</translation>
    </message>
    <message>
        <source>Write max_fails=0 on the slots&apos; server lines.</source>
        <translation>請在各容器的 server 行加上 max_fails=0。</translation>
    </message>
    <message>
        <source>Affinity</source>
        <translation>連線黏著（sticky session）</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>工作階段</translation>
    </message>
    <message>
        <source>WebSocket headers</source>
        <translation>WebSocket 標頭</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>時鐘</translation>
    </message>
    <message>
        <source>Synchronise both clocks, for instance with chrony.</source>
        <translation>請同步兩邊的時鐘，例如使用 chrony。</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>部署鎖定</translation>
    </message>
    <message>
        <source>Tools on the host</source>
        <translation>主機上的工具</translation>
    </message>
    <message>
        <source>slot %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>host %1</source>
        <translation>主機 %1</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>check, what it found</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 (%2): %3</source>
        <comment>check, host or slot, what it found</comment>
        <translation>%1（%2）：%3</translation>
    </message>
    <message>
        <source>not looked at, since “%1” failed</source>
        <translation>未檢查，因為「%1」失敗</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>映像檔</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Folder for lock and records</source>
        <translation>部署鎖定與紀錄的資料夾</translation>
    </message>
    <message>
        <source>SSH forwarding</source>
        <translation>SSH 轉送</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健康檢查</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>Add the sudoers line shown beneath, or store the sudo password in the keychain.</source>
        <translation>請加入下列 sudoers 設定，或將 sudo 密碼存入鑰匙圈。</translation>
    </message>
    <message>
        <source>the host&apos;s clock differs from this machine&apos;s by %1</source>
        <translation>主機的時鐘與本機相差 %1</translation>
    </message>
    <message>
        <source>%1 is not there; Gapless does without</source>
        <translation>沒有 %1；Gapless 可不使用</translation>
    </message>
    <message>
        <source>It can be installed with the command beneath.</source>
        <translation>可以下列命令安裝。</translation>
    </message>
    <message>
        <source>%1 is not there, and a rollout needs it</source>
        <translation>沒有 %1，而部署作業需要它</translation>
    </message>
    <message>
        <source>Install it with the command beneath.</source>
        <translation>請以下列命令安裝。</translation>
    </message>
    <message>
        <source>“%1” has %2 free and needs about %3</source>
        <translation>「%1」剩餘 %2，約需 %3</translation>
    </message>
    <message>
        <source>the command “%1” is not there</source>
        <translation>找不到命令「%1」</translation>
    </message>
    <message>
        <source>Install Docker on the host, or name its command in the target&apos;s hosts.*.docker.</source>
        <translation>請在主機安裝 Docker，或在部署目標的 hosts.*.docker 指定其命令。</translation>
    </message>
    <message>
        <source>the user may not use the Docker daemon</source>
        <translation>使用者無權使用 Docker daemon</translation>
    </message>
    <message>
        <source>Put the user into the docker group, or set sudo in the target.</source>
        <translation>請將使用者加入 docker 群組，或在部署目標設定 sudo。</translation>
    </message>
    <message>
        <source>the Docker daemon does not answer</source>
        <translation>Docker daemon 沒有回應</translation>
    </message>
    <message>
        <source>Start the Docker daemon on the host.</source>
        <translation>請在主機啟動 Docker daemon。</translation>
    </message>
    <message>
        <source>the Docker daemon does not answer in time</source>
        <translation>Docker daemon 未及時回應</translation>
    </message>
    <message>
        <source>Look at the host&apos;s load and at the Docker daemon&apos;s log.</source>
        <translation>請查看主機負載與 Docker daemon 的 Log。</translation>
    </message>
    <message>
        <source>Mend what docker says.</source>
        <translation>請依 docker 的訊息修正。</translation>
    </message>
    <message>
        <source>no release of this repository is on any host yet</source>
        <translation>任何主機上都還沒有此儲存庫的版本</translation>
    </message>
    <message>
        <source>Build or load one; check image.repository and image.tagPrefix if there should be one.</source>
        <translation>請建置或載入；若應該已有，請檢查 image.repository 與 image.tagPrefix。</translation>
    </message>
    <message>
        <source>%1 is not on %2</source>
        <translation>%2 上沒有 %1</translation>
    </message>
    <message>
        <source>Load the image there; “gaplessctl images” shows what each host has.</source>
        <translation>請在該處載入映像檔；「gaplessctl images」會顯示各主機有哪些映像檔。</translation>
    </message>
    <message>
        <source>%1 is not the same image on every host</source>
        <translation>各主機上的 %1 不是同一個映像檔</translation>
    </message>
    <message>
        <source>Load the same image on every host.</source>
        <translation>請在每台主機載入同一個映像檔。</translation>
    </message>
    <message>
        <source>%1 is built for %2, which is not the architecture of %3</source>
        <translation>%1 是為 %2 建置，與 %3 的架構不符</translation>
    </message>
    <message>
        <source>Build the image for the hosts&apos; architecture.</source>
        <translation>請以主機的架構建置映像檔。</translation>
    </message>
    <message>
        <source>the network “%1” is not there</source>
        <translation>找不到網路「%1」</translation>
    </message>
    <message>
        <source>“%1” is not there; the first deployment creates it</source>
        <translation>「%1」尚不存在；首次部署會建立</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>無須處理。</translation>
    </message>
    <message>
        <source>“%1” does not run and gets no traffic</source>
        <translation>「%1」未執行，也沒有流量</translation>
    </message>
    <message>
        <source>“%1” publishes %2 and the target says %3; a deployment changes it</source>
        <translation>「%1」公開 %2，而部署目標為 %3；部署時會變更</translation>
    </message>
    <message>
        <source>Correct the slot&apos;s publish in the target if that is not meant.</source>
        <translation>若非預期，請修正部署目標中該容器的 publish。</translation>
    </message>
    <message>
        <source>“%1” was left behind by the run %2</source>
        <translation>「%1」是作業 %2 留下的</translation>
    </message>
    <message>
        <source>“gaplessctl resume” tidies up after an interrupted run.</source>
        <translation>「gaplessctl resume」可清理中途停止的作業。</translation>
    </message>
    <message>
        <source>“%1” does not run, and nginx routes to it</source>
        <translation>「%1」未執行，但 nginx 仍將流量導向它</translation>
    </message>
    <message>
        <source>Start it, or deploy.</source>
        <translation>請將其啟動，或進行部署。</translation>
    </message>
    <message>
        <source>“%1” keeps restarting</source>
        <translation>「%1」不斷重新啟動</translation>
    </message>
    <message>
        <source>Look at its log.</source>
        <translation>請查看其 Log。</translation>
    </message>
    <message>
        <source>“%1” is paused</source>
        <translation>「%1」已暫停</translation>
    </message>
    <message>
        <source>Unpause it with “docker unpause”.</source>
        <translation>請以「docker unpause」繼續。</translation>
    </message>
    <message>
        <source>docker says that “%1” is unhealthy</source>
        <translation>docker 回報「%1」健康檢查未通過</translation>
    </message>
    <message>
        <source>Look at its log and its health check.</source>
        <translation>請查看其 Log 與健康檢查。</translation>
    </message>
    <message>
        <source>the name “%1” belongs to something else (%2)</source>
        <translation>名稱「%1」已屬於其他容器（%2）</translation>
    </message>
    <message>
        <source>Rename that container, or give the slot another container name in the target.</source>
        <translation>請將那個容器改名，或在部署目標改用其他容器名稱。</translation>
    </message>
    <message>
        <source>“%1” is the container name of the slot %2, too</source>
        <translation>「%1」同時也是容器 %2 的名稱</translation>
    </message>
    <message>
        <source>Give one of the two another name.</source>
        <translation>請將其中一個改名。</translation>
    </message>
    <message>
        <source>the server %1 is none of the ports that the slot publishes (%2)</source>
        <translation>server %1 不在該容器公開的連接埠（%2）之中</translation>
    </message>
    <message>
        <source>Make publish and server of the slot agree.</source>
        <translation>請讓該容器的 publish 與 server 一致。</translation>
    </message>
    <message>
        <source>port %1 is taken by the container “%2”</source>
        <translation>連接埠 %1 被容器「%2」占用</translation>
    </message>
    <message>
        <source>port %1 is taken by a program (%2)</source>
        <translation>連接埠 %1 被程式占用（%2）</translation>
    </message>
    <message>
        <source>port %1 is published by the slot %2, too</source>
        <translation>容器 %2 也公開了連接埠 %1</translation>
    </message>
    <message>
        <source>Give one of the two another port.</source>
        <translation>請將其中一個改用其他連接埠。</translation>
    </message>
    <message>
        <source>the ports of %1 cannot be read</source>
        <translation>無法解讀 %1 的連接埠</translation>
    </message>
    <message>
        <source>Write publish as docker does: 8090:8080.</source>
        <translation>publish 的寫法須與 docker 相同：8090:8080。</translation>
    </message>
    <message>
        <source>the environment file “%1” is not there</source>
        <translation>找不到環境變數檔「%1」</translation>
    </message>
    <message>
        <source>Create it on the slot&apos;s host, or correct container.envFiles.</source>
        <translation>請在該容器的主機上建立，或修正 container.envFiles。</translation>
    </message>
    <message>
        <source>“%1” is a folder where “%2” looks like a file</source>
        <translation>「%1」是資料夾，但「%2」看來是檔案</translation>
    </message>
    <message>
        <source>Remove the folder and put the file there; docker once made it because the file was missing.</source>
        <translation>請移除資料夾並放入檔案；當初因為缺少檔案，docker 便建立了資料夾。</translation>
    </message>
    <message>
        <source>“%1”, which is to be mounted, is not there</source>
        <translation>找不到要掛載的「%1」</translation>
    </message>
    <message>
        <source>the target&apos;s restart policy (%1) brings no container back after a reboot</source>
        <translation>部署目標的重新啟動原則（%1）不會在重新開機後啟動容器</translation>
    </message>
    <message>
        <source>“%1” does not come back after a reboot (its policy is %2)</source>
        <translation>重新開機後「%1」不會自動啟動（其原則為 %2）</translation>
    </message>
    <message>
        <source>Run the command beneath, or deploy.</source>
        <translation>請執行下列命令，或進行部署。</translation>
    </message>
    <message>
        <source>every server of “%1” is down: nothing serves</source>
        <translation>「%1」的所有 server 都已停用：沒有任何服務</translation>
    </message>
    <message>
        <source>Deploy, or roll back.</source>
        <translation>請進行部署或回滾。</translation>
    </message>
    <message>
        <source>nginx does not read “%1”</source>
        <translation>nginx 並未讀取「%1」</translation>
    </message>
    <message>
        <source>Correct gateway.upstreamFile, or include the file in nginx&apos;s configuration.</source>
        <translation>請修正 gateway.upstreamFile，或在 nginx 設定中引入該檔案。</translation>
    </message>
    <message>
        <source>the user %2 may not write “%1”</source>
        <translation>使用者 %2 無權寫入「%1」</translation>
    </message>
    <message>
        <source>Give the user the right, or set sudo for the gateway in the target.</source>
        <translation>請授權該使用者，或在部署目標為閘道設定 sudo。</translation>
    </message>
    <message>
        <source>the user may not run “%1”</source>
        <translation>使用者無權執行「%1」</translation>
    </message>
    <message>
        <source>Add the sudoers line shown beneath.</source>
        <translation>請加入下列 sudoers 設定。</translation>
    </message>
    <message>
        <source>“%1” is not there</source>
        <translation>找不到「%1」</translation>
    </message>
    <message>
        <source>Correct gateway.testCommand.</source>
        <translation>請修正 gateway.testCommand。</translation>
    </message>
    <message>
        <source>“%1” does not end in time</source>
        <translation>「%1」未及時結束</translation>
    </message>
    <message>
        <source>Run it by hand to see what it waits for: usually a name that does not resolve.</source>
        <translation>請手動執行以查明在等待什麼：通常是無法解析的名稱。</translation>
    </message>
    <message>
        <source>whether “%1” works is not tried, since it would reload</source>
        <translation>未嘗試「%1」是否可用，因為會重新載入</translation>
    </message>
    <message>
        <source>nginx is not running</source>
        <translation>nginx 未執行</translation>
    </message>
    <message>
        <source>Start nginx on the gateway.</source>
        <translation>請在閘道啟動 nginx。</translation>
    </message>
    <message>
        <source>the pid file “%1” is missing or names no nginx</source>
        <translation>pid 檔「%1」不存在，或所指並非 nginx</translation>
    </message>
    <message>
        <source>Restart nginx, so that it writes the file anew.</source>
        <translation>請重新啟動 nginx，讓它重新寫入該檔案。</translation>
    </message>
    <message>
        <source>“%1” is the user&apos;s own: other users of this gateway do not see the lock and the records</source>
        <translation>「%1」為該使用者專屬：此閘道的其他使用者看不到部署鎖定與紀錄</translation>
    </message>
    <message>
        <source>Create /var/lib/gapless and let every deploying user write it.</source>
        <translation>請建立 /var/lib/gapless，並讓所有部署的使用者可寫入。</translation>
    </message>
    <message>
        <source>“%1” has only %2 free</source>
        <translation>「%1」只剩 %2</translation>
    </message>
    <message>
        <source>Free space there.</source>
        <translation>請釋出該處的空間。</translation>
    </message>
    <message>
        <source>there is no folder for the lock and the run records (“%1”)</source>
        <translation>沒有可存放部署鎖定與作業紀錄的資料夾（「%1」）</translation>
    </message>
    <message>
        <source>Create the folder and let the user write it, or name another one in gateway.stateDir.</source>
        <translation>請建立該資料夾並讓使用者可寫入，或在 gateway.stateDir 指定其他資料夾。</translation>
    </message>
    <message>
        <source>the run %1 of %2 on %3 was interrupted</source>
        <translation>%3 的 %2 所執行的作業 %1 中途停止</translation>
    </message>
    <message>
        <source>“gaplessctl resume” finishes or restores it; “gaplessctl unlock” only takes the lock away.</source>
        <translation>「gaplessctl resume」可將其完成或還原；「gaplessctl unlock」只會解除部署鎖定。</translation>
    </message>
    <message>
        <source>the run %1 of %2 on %3 is under way</source>
        <translation>%3 的 %2 所執行的作業 %1 正在進行</translation>
    </message>
    <message>
        <source>Wait until it has ended.</source>
        <translation>請等其結束。</translation>
    </message>
    <message>
        <source>not looked at, since the witness names no hub</source>
        <translation>未檢查，因為連線監測未指定 Hub</translation>
    </message>
    <message>
        <source>the location that passes the hub on was not found</source>
        <translation>找不到轉送 Hub 的 location</translation>
    </message>
    <message>
        <source>Check that nginx passes the Upgrade and Connection headers on.</source>
        <translation>請確認 nginx 會轉送 Upgrade 與 Connection 標頭。</translation>
    </message>
    <message>
        <source>nginx&apos;s configuration could not be read as a whole</source>
        <translation>無法完整讀取 nginx 的設定</translation>
    </message>
    <message>
        <source>the location in “%1”, line %2, does not pass WebSocket upgrades on</source>
        <translation>「%1」第 %2 行的 location 未轉送 WebSocket 升級請求</translation>
    </message>
    <message>
        <source>Add the lines beneath to the location.</source>
        <translation>請在該 location 加入下列設定。</translation>
    </message>
    <message>
        <source>not set: old workers live as long as their WebSockets</source>
        <translation>未設定：舊 worker 會持續到其 WebSocket 結束</translation>
    </message>
    <message>
        <source>Set one longer than the drain if old workers pile up.</source>
        <translation>若舊 worker 累積，請設定比等待連線結束更長的值。</translation>
    </message>
    <message>
        <source>%1 s cut connections that are still draining; %2 s are needed</source>
        <translation>%1 秒會切斷仍在等待結束的連線；需要 %2 秒</translation>
    </message>
    <message>
        <source>Set it as shown beneath.</source>
        <translation>請依下列內容設定。</translation>
    </message>
    <message>
        <source>the SSH server does not forward connections to %1</source>
        <translation>SSH 伺服器不轉送到 %1 的連線</translation>
    </message>
    <message>
        <source>Allow AllowTcpForwarding for this user in the host&apos;s sshd_config.</source>
        <translation>請在主機的 sshd_config 為此使用者允許 AllowTcpForwarding。</translation>
    </message>
    <message>
        <source>not asked, since nginx does not route to it</source>
        <translation>未詢問，因為 nginx 並未將流量導向它</translation>
    </message>
    <message>
        <source>%1 answers %2; expected: %3</source>
        <translation>%1 回應 %2；應為：%3</translation>
    </message>
    <message>
        <source>Look at the container&apos;s log; if the answer is right, correct health in the target.</source>
        <translation>請查看容器的 Log；若回應無誤，請修正部署目標的 health。</translation>
    </message>
    <message>
        <source>the hub at %1 does not take a connection</source>
        <translation>%1 的 Hub 無法建立連線</translation>
    </message>
    <message>
        <source>Look at the container&apos;s log; correct witness.signalr.hub.</source>
        <translation>請查看容器的 Log；請修正 witness.signalr.hub。</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 沒有回應</translation>
    </message>
    <message>
        <source>Look at the container&apos;s log.</source>
        <translation>請查看容器的 Log。</translation>
    </message>
    <message>
        <source>not tried, since the witness names no hub</source>
        <translation>未嘗試，因為連線監測未指定 Hub</translation>
    </message>
    <message>
        <source>not tried, since only one slot serves</source>
        <translation>未嘗試，因為只有一個容器在服務</translation>
    </message>
    <message>
        <source>not tried, since it is not known where users come in</source>
        <translation>未嘗試，因為不知道使用者由何處進入</translation>
    </message>
    <message>
        <source>Set witness.url in the target.</source>
        <translation>請在部署目標設定 witness.url。</translation>
    </message>
    <message>
        <source>not tried, since the site does not answer</source>
        <translation>未嘗試，因為網站沒有回應</translation>
    </message>
    <message>
        <source>Mend what the check of its health says first.</source>
        <translation>請先依健康檢查的結果修正。</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未嘗試</translation>
    </message>
    <message>
        <source>Run “gaplessctl doctor” for it.</source>
        <translation>請執行「gaplessctl doctor」進行檢查。</translation>
    </message>
    <message>
        <source>%1 of %2 hub clients negotiated on one slot, connected on another, and were refused</source>
        <translation>%2 個 Hub 用戶端中，有 %1 個在一個容器交涉、卻連線到另一個容器，因而被拒</translation>
    </message>
    <message>
        <source>Put the line beneath into the upstream, or let clients use WebSockets with skipNegotiation.</source>
        <translation>請在上游加入下列設定，或讓用戶端以 skipNegotiation 使用 WebSocket。</translation>
    </message>
    <message>
        <source>not tried, since the witness names no session</source>
        <translation>未嘗試，因為連線監測未指定工作階段</translation>
    </message>
    <message>
        <source>not tried, since the site set no cookie</source>
        <translation>未嘗試，因為網站未設定 cookie</translation>
    </message>
    <message>
        <source>Check witness.session.path.</source>
        <translation>請檢查 witness.session.path。</translation>
    </message>
    <message>
        <source>a session of the slot %1 is lost on the slot %2</source>
        <translation>容器 %1 的工作階段在容器 %2 遺失</translation>
    </message>
    <message>
        <source>Share the Data Protection keys of all slots (for instance in Redis) under one application name, and the session store.</source>
        <translation>請讓所有容器以同一個應用程式名稱共用 Data Protection 金鑰（例如存放於 Redis），並共用工作階段的儲存區。</translation>
    </message>
    <message>
        <source>no request was seen to reach the slot; clients are pinned, so none need be due</source>
        <translation>未見請求抵達該容器；用戶端已固定分配，因此未必會有</translation>
    </message>
    <message>
        <source>not in order</source>
        <translation>不正常</translation>
    </message>
    <message>
        <source>“gaplessctl doctor --json” shows all that was found.</source>
        <translation>「gaplessctl doctor --json」會顯示所有檢查結果。</translation>
    </message>
    <message>
        <source>one failed request keeps a server out for %1; with the other slot out, that is an outage</source>
        <translation>一次失敗的請求就會讓伺服器在 %1 內不再使用；若另一個容器也已停用，服務就會中斷</translation>
    </message>
    <message>
        <source>Source of the release</source>
        <translation>發行版本的來源</translation>
    </message>
    <message>
        <source>no revision was given: it is the head of “%1”, %2</source>
        <translation>未指定修訂版：採用「%1」的最新提交 %2</translation>
    </message>
    <message>
        <source>Name a revision with --rev for another one.</source>
        <translation>若要另一個版本，請以 --rev 指定。</translation>
    </message>
    <message>
        <source>the checkout “%1” has changes that no commit holds; they are not part of the release</source>
        <translation>工作目錄「%1」有尚未提交的變更，不會包含在這個發行版本中</translation>
    </message>
    <message>
        <source>Commit them first if they belong to it.</source>
        <translation>若應包含在內，請先提交。</translation>
    </message>
    <message>
        <source>%1 is on %2 already and has the same content</source>
        <translation>%1 已在 %2 上，且內容相同</translation>
    </message>
    <message>
        <source>%1 did not have all the layers that it seemed to have; the whole image is sent</source>
        <translation>%1 缺少部分看似已有的映像層；改為傳送整個映像檔</translation>
    </message>
    <message>
        <source>the connection to %1 was lost; the image is sent on from %2</source>
        <translation>與 %1 的連線中斷；從 %2 處繼續傳送映像檔</translation>
    </message>
    <message>
        <source>Shared weights</source>
        <translation>共用權重</translation>
    </message>
    <message>
        <source>Pinned clients</source>
        <translation>固定部署位置的用戶端</translation>
    </message>
    <message>
        <source>The canary&apos;s share</source>
        <translation>金絲雀的流量比例</translation>
    </message>
    <message>
        <source>the upstream “%1” has no zone, so each nginx worker shares requests out by itself; small shares come late and unevenly</source>
        <translation>上游「%1」沒有 zone，因此各個 nginx worker 各自分配請求；小的比例會來得晚且不平均</translation>
    </message>
    <message>
        <source>Add the line beneath to the upstream block.</source>
        <translation>請將下方那一行加入 upstream 區塊。</translation>
    </message>
    <message>
        <source>ip_hash pins each client by its address, so a share is one of addresses and not of requests; clients that a new weight moves change their slot</source>
        <translation>ip_hash 依位址固定每個用戶端，因此比例是位址的比例，而不是請求的比例；權重變更時被移動的用戶端會換到另一個部署位置</translation>
    </message>
    <message>
        <source>Nothing needs to be done; judge the share by what arrives.</source>
        <translation>不需要處理；請以實際到達的請求判斷比例。</translation>
    </message>
    <message>
        <source>clients are pinned by %1, so a share is one of new clients; those that have the cookie stay where they are, unless a new weight moves them</source>
        <translation>用戶端由 %1 固定，因此比例是新用戶端的比例；已有 cookie 的用戶端留在原處，除非權重變更移動了它們</translation>
    </message>
    <message>
        <source>clients are pinned to slots by %1, so a share is one of its values and not of requests</source>
        <translation>用戶端由 %1 固定在部署位置，因此比例是其值的比例，而不是請求的比例</translation>
    </message>
    <message>
        <source>%1 % of the requests reached the new version; nginx was told to send %2 %</source>
        <translation>有 %1 % 的請求到達新版本；nginx 的設定是 %2 %</translation>
    </message>
    <message>
        <source>Pinned clients and workers without a shared zone do that; the comparison counts what arrived.</source>
        <translation>用戶端被固定，或 worker 沒有共用 zone 時會如此；比較時以實際到達的請求計算。</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>部署目標</translation>
    </message>
    <message>
        <source>Owner of the rollout</source>
        <translation>部署作業的持有者</translation>
    </message>
    <message>
        <source>Interrupted run</source>
        <translation>中途停止的作業</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>目前狀態</translation>
    </message>
    <message>
        <source>the site&apos;s last run, %1, was made with another target: %2</source>
        <translation>此網站上一次的作業 %1 使用了不同的部署目標設定：%2</translation>
    </message>
    <message>
        <source>Compare these fields with whoever made that run; a deployment uses yours.</source>
        <translation>請與執行該作業的人核對這些欄位；部署時會採用您的設定。</translation>
    </message>
    <message>
        <source>no sign of life for %1 s: the guard on the host put the slot back as it was</source>
        <translation>%1 秒未收到心跳訊號：主機上的守護程式已將容器恢復原狀</translation>
    </message>
    <message>
        <source>“gaplessctl resume” brings the interrupted run to its end.</source>
        <translation>「gaplessctl resume」可將中途停止的作業收尾。</translation>
    </message>
    <message>
        <source>no sign of life for %1 s, and the guard on the host could not put the slot back</source>
        <translation>%1 秒未收到心跳訊號，而主機上的守護程式無法將容器恢復原狀</translation>
    </message>
    <message>
        <source>“gaplessctl resume” shows what is there and mends it.</source>
        <translation>「gaplessctl resume」會顯示目前狀態並加以修復。</translation>
    </message>
    <message>
        <source>the run %1 of %2 on %3 was not brought to its end</source>
        <translation>%3 的 %2 所執行的作業 %1 尚未完成</translation>
    </message>
    <message>
        <source>Finish it, restore the old version or leave it as it is.</source>
        <translation>請將其完成、還原舊版本，或維持原樣。</translation>
    </message>
    <message>
        <source>%1 serves, as before</source>
        <translation>仍由 %1 提供服務</translation>
    </message>
    <message>
        <source>the new %1 serves</source>
        <translation>新的 %1 已在服務</translation>
    </message>
    <message>
        <source>serves nobody; the old container is kept</source>
        <translation>未提供服務；舊容器仍保留</translation>
    </message>
    <message>
        <source>Finish or restore.</source>
        <translation>請完成或還原。</translation>
    </message>
    <message>
        <source>the new %1 is ready and gets no users yet</source>
        <translation>新的 %1 已就緒，尚未接收流量</translation>
    </message>
    <message>
        <source>the new %1 runs and does not answer as expected</source>
        <translation>新的 %1 正在執行，但回應不符預期</translation>
    </message>
    <message>
        <source>Restore, or look at its log first.</source>
        <translation>請還原，或先查看其 Log。</translation>
    </message>
    <message>
        <source>no container runs</source>
        <translation>沒有執行中的容器</translation>
    </message>
    <message>
        <source>Kept container</source>
        <translation>保留的舊容器</translation>
    </message>
    <message>
        <source>“%1” is missing; the first deployment writes it</source>
        <translation>「%1」不存在；首次部署時會寫入</translation>
    </message>
    <message>
        <source>the old container %1 was gone and was made again from what was noted of it</source>
        <translation>舊容器 %1 已不存在，已依記錄重新建立</translation>
    </message>
    <message>
        <source>Find out who removed it: a rollout keeps it on purpose.</source>
        <translation>請查明是誰移除的：部署期間會刻意保留舊容器。</translation>
    </message>
    <message>
        <source>the old container %1 was gone and was made again, but docker has no option for %2</source>
        <translation>舊容器 %1 已不存在，已重新建立，但 docker 沒有 %2 的對應選項</translation>
    </message>
    <message>
        <source>Look at what was lost, and deploy anew where it matters.</source>
        <translation>請查看遺失了什麼，必要時重新部署。</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>--lang takes %1, not “%2”</source>
        <translation>--lang 可為 %1，不可為「%2」</translation>
    </message>
    <message>
        <source>Cancelled; nothing was changed.</source>
        <translation>已取消；未變更任何內容。</translation>
    </message>
    <message>
        <source>Stopping.</source>
        <translation>正在停止。</translation>
    </message>
    <message>
        <source>Stopping; nothing was changed.</source>
        <translation>正在停止；未變更任何內容。</translation>
    </message>
    <message>
        <source>Stopping: what was taken out is put back, and the old version serves on. Ctrl-C again ends at once and leaves things as they are.</source>
        <translation>正在停止：已停用的容器會重新啟用，由舊版本繼續服務。再按一次 Ctrl-C 會立即結束，並維持現狀。</translation>
    </message>
    <message>
        <source>The new version serves already: what is left is being finished tidily. Ctrl-C again ends at once and leaves things as they are.</source>
        <translation>新版本已在服務中：正在妥善收尾。再按一次 Ctrl-C 會立即結束，並維持現狀。</translation>
    </message>
    <message>
        <source>Ended by force, in the middle of things. “gaplessctl status” shows how they stand, “gaplessctl resume” goes on from there.</source>
        <translation>已在作業途中強制結束。「gaplessctl status」會顯示現況，「gaplessctl resume」可從該處繼續。</translation>
    </message>
    <message>
        <source>The name of a saved target.</source>
        <translation>已儲存的部署目標名稱。</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>Use this target file in its place.</source>
        <translation>改用此部署目標檔。</translation>
    </message>
    <message>
        <source>Trust a host whose key is not known yet, and remember the key. A key that has changed is refused all the same.</source>
        <translation>信任尚未認得其金鑰的主機，並記住該金鑰。已變更的金鑰仍會拒絕。</translation>
    </message>
    <message>
        <source>[OPTIONS]</source>
        <translation>[選項]</translation>
    </message>
    <message>
        <source>COMMAND</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>用法：%1</translation>
    </message>
    <message>
        <source>Commands:</source>
        <translation>命令：</translation>
    </message>
    <message>
        <source>Arguments:</source>
        <translation>引數：</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>選項：</translation>
    </message>
    <message>
        <source>Examples:</source>
        <translation>範例：</translation>
    </message>
    <message>
        <source>“%1” is not expected here</source>
        <translation>此處不應有「%1」</translation>
    </message>
    <message>
        <source>a command is missing</source>
        <translation>缺少命令</translation>
    </message>
    <message>
        <source>%1 is missing</source>
        <translation>缺少 %1</translation>
    </message>
    <message>
        <source>%1 lacks its value</source>
        <translation>%1 缺少值</translation>
    </message>
    <message>
        <source>%1 takes another kind of value</source>
        <translation>%1 的值類型不符</translation>
    </message>
    <message>
        <source>Replaces a running web site without a user noticing, and proves it.</source>
        <translation>在使用者毫無察覺之下更換執行中的網站，並加以驗證。</translation>
    </message>
    <message>
        <source>TARGET is the name of a saved target, or --target FILE in its place. TAG is hash_x or repository:hash_x.</source>
        <translation>TARGET 是已儲存的部署目標名稱，也可改用 --target 檔案。標籤的寫法為 hash_x 或 repository:hash_x。</translation>
    </message>
    <message>
        <source>Exit status: 0 done, and what the witness saw is clean; 1 failed, what served before serves now; 2 the command line or a file is wrong; 3 half done, a person must decide; 4 deployed, but the verdict is broken or invalid; 5 refused before anything changed; 130 cancelled.</source>
        <translation>結束狀態：0 完成，且連線監測無異常；1 失敗，服務與先前相同；2 命令列或檔案有誤；3 部分完成，須由人決定；4 已部署，但判定為已斷線或無法判定；5 尚未變更任何內容即拒絕；130 已取消。</translation>
    </message>
    <message>
        <source>DIR</source>
        <translation>資料夾</translation>
    </message>
    <message>
        <source>Where targets, history and settings are kept (default: $GAPLESS_DATA_DIR, else the XDG data folder).</source>
        <translation>存放部署目標、部署紀錄與設定的位置（預設：$GAPLESS_DATA_DIR，否則為 XDG 資料夾）。</translation>
    </message>
    <message>
        <source>The language to speak (default: the system&apos;s).</source>
        <translation>使用的語言（預設：系統語言）。</translation>
    </message>
    <message>
        <source>One JSON object a line on standard output and nothing else there.</source>
        <translation>標準輸出每行一個 JSON 物件，別無其他內容。</translation>
    </message>
    <message>
        <source>Ask nothing; what would have to be asked is refused.</source>
        <translation>不詢問；須詢問的一律拒絕。</translation>
    </message>
    <message>
        <source>Also show each command that is run on a host.</source>
        <translation>一併顯示在主機上執行的每個命令。</translation>
    </message>
    <message>
        <source>Shows what a command does and takes.</source>
        <translation>顯示命令的作用與用法。</translation>
    </message>
    <message>
        <source>The command, for instance “target import”.</source>
        <translation>命令，例如「target import」。</translation>
    </message>
    <message>
        <source>there is no command “%1”</source>
        <translation>沒有「%1」這個命令</translation>
    </message>
    <message>
        <source>Type the target&apos;s name, %1, to go on:</source>
        <translation>請輸入部署目標的名稱 %1 以繼續：</translation>
    </message>
    <message>
        <source>Reason:</source>
        <translation>原因：</translation>
    </message>
    <message>
        <source>Go on with %1?</source>
        <translation>要繼續進行 %1 嗎？</translation>
    </message>
    <message>
        <source>%1 [y/N]</source>
        <translation>%1 [y/N]</translation>
    </message>
    <message>
        <source>yes</source>
        <comment>typed as an answer</comment>
        <translation>是</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>錯誤：%1</translation>
    </message>
    <message>
        <source>Choose 1 to %1:</source>
        <translation>請選擇 1 至 %1：</translation>
    </message>
    <message>
        <source>Choose 1 to %1 (Enter: %2):</source>
        <translation>請選擇 1 至 %1（Enter：%2）：</translation>
    </message>
    <message>
        <source>TAG</source>
        <translation>標籤</translation>
    </message>
    <message>
        <source>An image that is on the hosts: hash_x or repository:hash_x.</source>
        <translation>主機上的映像檔：hash_x 或 repository:hash_x。</translation>
    </message>
    <message>
        <source>REPO</source>
        <translation>儲存庫</translation>
    </message>
    <message>
        <source>REV</source>
        <translation>修訂版</translation>
    </message>
    <message>
        <source>Rolls a release out, slot by slot.</source>
        <translation>逐一替換各容器以部署版本。</translation>
    </message>
    <message>
        <source>Each slot in its turn is taken out of nginx, emptied, stopped, started with the new image, proven ready and put back, while the other slots serve. If the first slot cannot be made ready, the old version is restored.</source>
        <translation>各容器依序在 nginx 停用、等待連線結束、停止、以新映像檔啟動、確認就緒後重新啟用，期間由其他容器服務。若第一個容器無法就緒，會還原舊版本。</translation>
    </message>
    <message>
        <source>Ctrl-C once stops and restores what was taken out; once the new version serves, it finishes tidily. Ctrl-C twice ends at once.</source>
        <translation>按一次 Ctrl-C 會停止，並還原已停用的容器；若新版本已在服務中，則會妥善收尾。按兩次 Ctrl-C 會立即結束。</translation>
    </message>
    <message>
        <source>With a live view, on a terminal:</source>
        <translation>在終端機，以即時畫面顯示：</translation>
    </message>
    <message>
        <source>In a pipeline:</source>
        <translation>在 Pipeline 中：</translation>
    </message>
    <message>
        <source>Shows what a deployment would do, and changes nothing.</source>
        <translation>顯示部署會做什麼，不變更任何內容。</translation>
    </message>
    <message>
        <source>Each step with its commands, the change of nginx&apos;s file as a diff, and what it waits for. What is not known yet stands as a placeholder.</source>
        <translation>列出各步驟的命令、nginx 檔案的差異，以及等待的條件。尚未得知的內容以預留位置表示。</translation>
    </message>
    <message>
        <source>RUN</source>
        <translation>作業</translation>
    </message>
    <message>
        <source>STARTED</source>
        <translation>開始時間</translation>
    </message>
    <message>
        <source>TARGET</source>
        <translation>部署目標</translation>
    </message>
    <message>
        <source>KIND</source>
        <translation>類型</translation>
    </message>
    <message>
        <source>FROM</source>
        <translation>原版本</translation>
    </message>
    <message>
        <source>TO</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>BY</source>
        <translation>執行者</translation>
    </message>
    <message>
        <source>OUTCOME</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>VERDICT</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Lists past runs, newest first.</source>
        <translation>列出過去的作業，最新的在前。</translation>
    </message>
    <message>
        <source>Only the runs of this target.</source>
        <translation>只列出此部署目標的作業。</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>At most so many (default: 50; 0: all).</source>
        <translation>最多列出的筆數（預設：50；0：全部）。</translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation>尚無作業。</translation>
    </message>
    <message>
        <source>HOST</source>
        <translation>主機</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>BUILT</source>
        <translation>建置時間</translation>
    </message>
    <message>
        <source>SIZE</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>SLOTS</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>LAST VERDICT</source>
        <translation>最近判定</translation>
    </message>
    <message>
        <source>Lists the tagged images on the target&apos;s hosts, newest first.</source>
        <translation>列出部署目標各主機上具標籤的映像檔，最新的在前。</translation>
    </message>
    <message>
        <source>No tagged image of %1 is on the hosts.</source>
        <translation>主機上沒有 %1 具標籤的映像檔。</translation>
    </message>
    <message>
        <source>%1 of about %2</source>
        <comment>time so far, time expected</comment>
        <translation>%1／約 %2</translation>
    </message>
    <message>
        <source>✓ Slot %1: %2 (%3, %4)</source>
        <comment>slot, image, steps, time</comment>
        <translation>✓ 容器 %1：%2（%3，%4）</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 個步驟</numerusform>
        </translation>
    </message>
    <message>
        <source>Slot %1</source>
        <translation>容器 %1</translation>
    </message>
    <message>
        <source>%1 of %2 requests failed</source>
        <translation>%2 次請求中 %1 次失敗</translation>
    </message>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hub client(s)</source>
        <translation>
            <numerusform>%n 個 Hub 用戶端</numerusform>
        </translation>
    </message>
    <message>
        <source>longest gap %1</source>
        <translation>最長中斷 %1</translation>
    </message>
    <message>
        <source>%1 of %2 messages lost</source>
        <translation>%2 則訊息中遺失 %1 則</translation>
    </message>
    <message>
        <source>Witness: %1</source>
        <translation>連線監測：%1</translation>
    </message>
    <message>
        <source>Log:</source>
        <translation>Log：</translation>
    </message>
    <message>
        <source>Health answers:</source>
        <translation>健康檢查回應：</translation>
    </message>
    <message>
        <source>Verdict: %1</source>
        <translation>判定：%1</translation>
    </message>
    <message>
        <source>--format takes html, json, md or pdf, not “%1”</source>
        <translation>--format 可為 html、json、md 或 pdf，不可為「%1」</translation>
    </message>
    <message>
        <source>Writes a run&apos;s evidence as a document.</source>
        <translation>將作業的驗證資料寫成文件。</translation>
    </message>
    <message>
        <source>The run, as “gaplessctl history” names it.</source>
        <translation>作業名稱，如「gaplessctl history」所列。</translation>
    </message>
    <message>
        <source>What to write (default: md).</source>
        <translation>輸出格式（預設：md）。</translation>
    </message>
    <message>
        <source>Where to write it (default: standard output).</source>
        <translation>輸出位置（預設：標準輸出）。</translation>
    </message>
    <message>
        <source>Goes back to the previous release, or to any tag.</source>
        <translation>回滾至上一個版本，或任一標籤。</translation>
    </message>
    <message>
        <source>Any tagged image on the hosts (default: the previous release).</source>
        <translation>主機上任一具標籤的映像檔（預設：上一個版本）。</translation>
    </message>
    <message>
        <source>The previous release is the newest that succeeded and served before this one, never one that was rolled back from. Nothing is built. A rollback to it asks for one confirmation, never for typing.</source>
        <translation>上一個版本是在目前版本之前成功部署並服務過的最新版本，絕不會是曾被回滾掉的版本。不會重新建置。回滾至上一個版本只須確認一次，不須輸入名稱。</translation>
    </message>
    <message>
        <source>Where nothing healthy serves, all slots are replaced at once, by the fastest path.</source>
        <translation>若沒有任何健康的容器在服務，會以最快的方式同時替換所有容器。</translation>
    </message>
    <message>
        <source>To the previous release:</source>
        <translation>回滾至上一個版本：</translation>
    </message>
    <message>
        <source>there is no strategy “%1”</source>
        <translation>沒有「%1」這個策略</translation>
    </message>
    <message>
        <source>--on-partial takes ask, hold or rollback, not “%1”</source>
        <translation>--on-partial 可為 ask、hold 或 rollback，不可為「%1」</translation>
    </message>
    <message>
        <source>How the slots are replaced (default: the target&apos;s).</source>
        <translation>替換容器的策略（預設：依部署目標）。</translation>
    </message>
    <message>
        <source>Run without the clients that watch the site; nothing is proved then.</source>
        <translation>不進行連線監測；如此便沒有任何驗證。</translation>
    </message>
    <message>
        <source>What to do when a slot fails after another one was replaced: ask (without a terminal: hold), hold (the new version serves, the failed slot stays out), or rollback.</source>
        <translation>已替換其他容器後，若某容器失敗該怎麼做：ask（詢問；沒有終端機時同 hold）、hold（新版本繼續服務，失敗的容器保持停用）或 rollback（全部回滾）。</translation>
    </message>
    <message>
        <source>TEXT</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Why; it stands in the history and in the report.</source>
        <translation>原因；會記入部署紀錄與報告。</translation>
    </message>
    <message>
        <source>SECONDS</source>
        <translation>秒數</translation>
    </message>
    <message>
        <source>Hold so long between two steps, for demonstrations.</source>
        <translation>每兩個步驟之間暫停的秒數，供展示使用。</translation>
    </message>
    <message>
        <source>A warning of the checks refuses, too.</source>
        <translation>部署前檢查若有警告也拒絕。</translation>
    </message>
    <message>
        <source>Answer yes where a confirmation would be asked for.</source>
        <translation>須確認時一律回答是。</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>The target&apos;s name, for a target whose protection asks to type it.</source>
        <translation>部署目標的名稱，用於須輸入名稱才能確認的部署目標。</translation>
    </message>
    <message>
        <source>%1 on %2: %3, %4</source>
        <comment>kind, target, tag, strategy</comment>
        <translation>%2 %1：%3，%4</translation>
    </message>
    <message>
        <source>%1 on %2: from %3 to %4, %5</source>
        <comment>kind, target, tag, tag, strategy</comment>
        <translation>%2 %1：由 %3 到 %4，%5</translation>
    </message>
    <message>
        <source>Now serving: %1</source>
        <translation>目前服務：%1</translation>
    </message>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, step</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>The key of %1 (%2, port %3) is not known yet.</source>
        <translation>尚未認得 %1（%2，連接埠 %3）的金鑰。</translation>
    </message>
    <message>
        <source>Is this the fingerprint that its owner gave you? [y/N]</source>
        <translation>這是主機負責人提供給您的指紋嗎？[y/N]</translation>
    </message>
    <message>
        <source>Password of %1:</source>
        <translation>%1 的密碼：</translation>
    </message>
    <message>
        <source>Passphrase of the key %1:</source>
        <translation>金鑰 %1 的金鑰密碼（passphrase）：</translation>
    </message>
    <message>
        <source>sudo password of %1:</source>
        <translation>%1 的 sudo 密碼：</translation>
    </message>
    <message>
        <source>%1 asks: %2</source>
        <comment>login, prompt</comment>
        <translation>%1 要求：%2</translation>
    </message>
    <message>
        <source>That was refused.</source>
        <translation>未被接受。</translation>
    </message>
    <message>
        <source>name a target, or give its file with --target FILE</source>
        <translation>請指定部署目標的名稱，或以 --target 檔案指定其檔案</translation>
    </message>
    <message>
        <source>give either the name of a target or --target FILE</source>
        <translation>部署目標的名稱與 --target 檔案只能擇一</translation>
    </message>
    <message>
        <source>up</source>
        <comment>slot in nginx</comment>
        <translation>啟用</translation>
    </message>
    <message>
        <source>up, weight %1</source>
        <translation>啟用，權重 %1</translation>
    </message>
    <message>
        <source>down</source>
        <comment>slot in nginx</comment>
        <translation>停用</translation>
    </message>
    <message>
        <source>not in nginx</source>
        <translation>不在 nginx 中</translation>
    </message>
    <message>
        <source>SLOT</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>RELEASE</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>NGINX</source>
        <translation>NGINX</translation>
    </message>
    <message>
        <source>CONTAINER</source>
        <translation>容器名稱</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>SERVER</source>
        <translation>SERVER</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>The run %1 is not finished: “gaplessctl resume” goes on from there.</source>
        <translation>作業 %1 尚未完成：「gaplessctl resume」可從該處繼續。</translation>
    </message>
    <message>
        <source>Secret for %1:</source>
        <translation>%1 的機密：</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>標準輸入</translation>
    </message>
    <message>
        <source>an empty secret is not kept</source>
        <translation>不儲存空白的機密</translation>
    </message>
    <message>
        <source>Saved the secret for %1.</source>
        <translation>已儲存 %1 的機密。</translation>
    </message>
    <message>
        <source>Removed the secret for %1.</source>
        <translation>已移除 %1 的機密。</translation>
    </message>
    <message>
        <source>Keeps secrets in the system&apos;s keychain.</source>
        <translation>將機密存放於系統的鑰匙圈。</translation>
    </message>
    <message>
        <source>What it is for: user@address (“:port” where it is not 22) a login&apos;s password, sudo:user@address its sudo password, key:FILE a key&apos;s passphrase as the target writes the file, env:TARGET/NAME the value of a variable in secretEnv, token:NAME an access token.</source>
        <translation>名稱表示用途：user@address（連接埠不是 22 時加上「:port」）為登入密碼，sudo:user@address 為其 sudo 密碼，key:檔案 為金鑰密碼（檔案寫法同部署目標），env:部署目標/名稱 為 secretEnv 中變數的值，token:名稱 為存取權杖。</translation>
    </message>
    <message>
        <source>Reads a secret from the terminal, without echo, or from standard input.</source>
        <translation>由終端機（不顯示輸入內容）或標準輸入讀取機密。</translation>
    </message>
    <message>
        <source>The secret&apos;s name.</source>
        <translation>機密的名稱。</translation>
    </message>
    <message>
        <source>A login&apos;s password:</source>
        <translation>登入密碼：</translation>
    </message>
    <message>
        <source>Removes a secret from the keychain.</source>
        <translation>從鑰匙圈移除機密。</translation>
    </message>
    <message>
        <source>Makes every check before a deployment, and says how to mend what is wrong.</source>
        <translation>執行所有部署前檢查，並說明如何修正問題。</translation>
    </message>
    <message>
        <source>The release that is about to be deployed.</source>
        <translation>即將部署的版本。</translation>
    </message>
    <message>
        <source>Changes nothing. Exit status: 0 when nothing is worse than a remark, 1 when a check warns, 5 when one would refuse a deployment.</source>
        <translation>不變更任何內容。結束狀態：0 表示沒有問題或僅有提示，1 表示有警告，5 表示有項目會拒絕部署。</translation>
    </message>
    <message>
        <source>ENVIRONMENT</source>
        <translation>環境</translation>
    </message>
    <message>
        <source>PROTECTION</source>
        <translation>保護</translation>
    </message>
    <message>
        <source>STRATEGY</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>HOSTS</source>
        <translation>主機</translation>
    </message>
    <message>
        <source>No target is saved yet; “gaplessctl target import FILE” saves one.</source>
        <translation>尚未儲存部署目標；「gaplessctl target import 檔案」可儲存一個。</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名稱：</translation>
    </message>
    <message>
        <source>Environment:</source>
        <translation>環境：</translation>
    </message>
    <message>
        <source>Protection:</source>
        <translation>保護：</translation>
    </message>
    <message>
        <source>Strategy:</source>
        <translation>策略：</translation>
    </message>
    <message>
        <source>Image:</source>
        <translation>映像檔：</translation>
    </message>
    <message>
        <source>Upstream:</source>
        <translation>上游：</translation>
    </message>
    <message>
        <source>%1 in %2 on %3</source>
        <comment>upstream, file, host</comment>
        <translation>%1（%3 的 %2）</translation>
    </message>
    <message>
        <source>Host %1:</source>
        <translation>主機 %1：</translation>
    </message>
    <message>
        <source>Slot %1:</source>
        <translation>容器 %1：</translation>
    </message>
    <message>
        <source>%1 on %2, server %3</source>
        <comment>container, host, server</comment>
        <translation>%1（%2），server %3</translation>
    </message>
    <message>
        <source>Witness:</source>
        <translation>連線監測：</translation>
    </message>
    <message>
        <source>none</source>
        <translation>無</translation>
    </message>
    <message>
        <source>A target named %1 is saved already. Replace it?</source>
        <translation>已有名為 %1 的部署目標。要取代嗎？</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>已儲存 %1。</translation>
    </message>
    <message>
        <source>Remove the target %1? Its history stays; nothing changes on any host.</source>
        <translation>要移除部署目標 %1 嗎？其部署紀錄會保留；任何主機都不會變更。</translation>
    </message>
    <message>
        <source>Removed %1.</source>
        <translation>已移除 %1。</translation>
    </message>
    <message>
        <source>Lists the saved targets.</source>
        <translation>列出已儲存的部署目標。</translation>
    </message>
    <message>
        <source>Shows a saved target.</source>
        <translation>顯示已儲存的部署目標。</translation>
    </message>
    <message>
        <source>The target&apos;s name.</source>
        <translation>部署目標的名稱。</translation>
    </message>
    <message>
        <source>Writes a saved target as a file that import reads.</source>
        <translation>將已儲存的部署目標寫成 import 可讀取的檔案。</translation>
    </message>
    <message>
        <source>A target file never holds a secret; those stay in the keychain.</source>
        <translation>部署目標檔絕不存放機密；機密保留在鑰匙圈。</translation>
    </message>
    <message>
        <source>Saves a target from a file.</source>
        <translation>由檔案儲存部署目標。</translation>
    </message>
    <message>
        <source>The target file, JSON.</source>
        <translation>部署目標檔（JSON）。</translation>
    </message>
    <message>
        <source>Replace a saved target of the same name.</source>
        <translation>取代已儲存的同名部署目標。</translation>
    </message>
    <message>
        <source>Removes a saved target; nothing changes on any host.</source>
        <translation>移除已儲存的部署目標；任何主機都不會變更。</translation>
    </message>
    <message>
        <source>Do not ask.</source>
        <translation>不詢問。</translation>
    </message>
    <message>
        <source>ADDRESS</source>
        <translation>位址</translation>
    </message>
    <message>
        <source>The host to look at.</source>
        <translation>要查看的主機。</translation>
    </message>
    <message>
        <source>Saves, shows, imports, exports and removes deployment targets.</source>
        <translation>儲存、顯示、匯入、匯出與移除部署目標。</translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) not made, since “%1” failed</source>
        <translation>
            <numerusform>有 %n 項未檢查，因為「%1」失敗</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it as a manual page (roff).</source>
        <translation>以手冊頁（roff）輸出全部內容。</translation>
    </message>
    <message>
        <source>Where targets, history and settings are kept.</source>
        <translation>存放部署目標、部署紀錄與設定的位置。</translation>
    </message>
    <message>
        <source>Set: no colours.</source>
        <translation>設定後不使用顏色。</translation>
    </message>
    <message>
        <source>The SSH agent.</source>
        <translation>SSH agent。</translation>
    </message>
    <message>
        <source>Value of the variable %1:</source>
        <translation>變數 %1 的值：</translation>
    </message>
    <message>
        <source>name a target, or give --url URL, and --hub PATH where there is a hub</source>
        <translation>請指定部署目標，或以 --url 指定網址，有 Hub 時再加上 --hub 路徑</translation>
    </message>
    <message>
        <source>say how long: --for SECONDS</source>
        <translation>請指定時間：--for 秒數</translation>
    </message>
    <message>
        <source>Watches a site from its users&apos; side, without a rollout.</source>
        <translation>不進行部署作業，單獨由使用者端監測網站。</translation>
    </message>
    <message>
        <source>A site that is no target.</source>
        <translation>不屬於部署目標的網站。</translation>
    </message>
    <message>
        <source>PATH</source>
        <translation>路徑</translation>
    </message>
    <message>
        <source>Its SignalR hub, for instance /UpdateHub.</source>
        <translation>其 SignalR Hub，例如 /UpdateHub。</translation>
    </message>
    <message>
        <source>How long.</source>
        <translation>監測多久。</translation>
    </message>
    <message>
        <source>Ctrl-C ends it early, with the verdict so far. Exit status: 0 when the verdict is clean, else 4.</source>
        <translation>按 Ctrl-C 可提前結束，並顯示目前的判定。結束狀態：判定無異常為 0，否則為 4。</translation>
    </message>
    <message>
        <source>For a minute:</source>
        <translation>監測一分鐘：</translation>
    </message>
    <message>
        <source>Samples: %1</source>
        <comment>a file</comment>
        <translation>樣本：%1</translation>
    </message>
    <message>
        <source>Each carries the run&apos;s events and their SHA-256, which “gaplessctl verify” checks. --lang gives the report&apos;s language.</source>
        <translation>每份報告都附有該次執行的事件及其 SHA-256，可用「gaplessctl verify」檢查。--lang 指定報告的語言。</translation>
    </message>
    <message>
        <source>Changed: the events in it have the SHA-256 %1, and it states %2.</source>
        <translation>已遭更動：其中事件的 SHA-256 為 %1，報告上寫的卻是 %2。</translation>
    </message>
    <message>
        <source>Changed: its events have the SHA-256 that it states, but its text is not what they give.</source>
        <translation>已遭更動：事件的 SHA-256 與報告所寫相符，但內文與事件不符。</translation>
    </message>
    <message>
        <source>Its events are whole. Its text was written by Gapless %1 and cannot be made again by %2.</source>
        <translation>事件完整無缺。內文由 Gapless %1 寫成，%2 無法重新產生。</translation>
    </message>
    <message>
        <source>Its events are whole. The text of a PDF is not compared: make one of the other formats for that.</source>
        <translation>事件完整無缺。PDF 的內文不作比對；如需比對請產生其他格式。</translation>
    </message>
    <message>
        <source>Whole: its events have the SHA-256 that it states, and its text is what they give.</source>
        <translation>完整無缺：事件的 SHA-256 與報告所寫相符，內文也與事件一致。</translation>
    </message>
    <message>
        <source>This is no report of Gapless, or only a part of one.</source>
        <translation>這不是 Gapless 的報告，或只是其中一部分。</translation>
    </message>
    <message>
        <source>The journal of this machine does not know the run: keep the SHA-256 in another place to compare with.</source>
        <translation>這台電腦的部署紀錄中沒有這次執行：請將 SHA-256 另存他處以供比對。</translation>
    </message>
    <message>
        <source>The journal of this machine has the same events.</source>
        <translation>這台電腦的部署紀錄中有相同的事件。</translation>
    </message>
    <message>
        <source>The journal of this machine has other events for this run.</source>
        <translation>這台電腦的部署紀錄中，這次執行的事件與報告不同。</translation>
    </message>
    <message>
        <source>Run %1, %2 events, SHA-256 %3</source>
        <translation>執行 %1，%2 個事件，SHA-256 %3</translation>
    </message>
    <message>
        <source>Checks that a report is what the events of its run give.</source>
        <translation>檢查報告是否與該次執行的事件一致。</translation>
    </message>
    <message>
        <source>The file: HTML, JSON, Markdown or PDF as “gaplessctl report” wrote it.</source>
        <translation>檔案：「gaplessctl report」寫出的 HTML、JSON、Markdown 或 PDF。</translation>
    </message>
    <message>
        <source>Computes the SHA-256 of the events that the report carries, makes its text from them again, and compares them with the journal of this machine where that knows the run. Exit status: 0 when all of it agrees, 1 when something was changed, 2 when it is no report.</source>
        <translation>計算報告所附事件的 SHA-256，由事件重新產生內文加以比對；若這台電腦的部署紀錄中有這次執行，也一併比對。結束狀態：全部相符為 0，有更動為 1，不是報告為 2。</translation>
    </message>
    <message>
        <source>For example:</source>
        <translation>例如：</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>本機</translation>
    </message>
    <message>
        <source>%1: upstream %2 in %3</source>
        <translation>%1：上游 %2，在 %3</translation>
    </message>
    <message>
        <source>  slot %1: container %2, server %3</source>
        <comment>name, container, address</comment>
        <translation>  部署位置 %1：容器 %2，server %3</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>已寫入 %1。</translation>
    </message>
    <message>
        <source>a target named %1 is saved already; give another --name</source>
        <translation>已儲存名為 %1 的部署目標；請用 --name 指定其他名稱</translation>
    </message>
    <message>
        <source>Saved %1. Next: gaplessctl doctor %1, then gaplessctl plan %1 --image TAG</source>
        <translation>已儲存 %1。接下來：gaplessctl doctor %1，然後 gaplessctl plan %1 --image TAG</translation>
    </message>
    <message>
        <source>several sites were found: name one with --upstream</source>
        <translation>找到多個網站：請用 --upstream 指定一個</translation>
    </message>
    <message>
        <source>Nothing is written yet: --save keeps it, --output FILE writes a target file.</source>
        <translation>尚未寫入任何東西：--save 會儲存，--output FILE 會寫成部署目標檔。</translation>
    </message>
    <message>
        <source>Proposes a target from what runs on a host: nginx&apos;s upstreams and docker&apos;s containers.</source>
        <translation>依主機上正在執行的東西提出部署目標：nginx 的上游與 docker 的容器。</translation>
    </message>
    <message>
        <source>PORT</source>
        <translation>連接埠</translation>
    </message>
    <message>
        <source>Its SSH port (default: 22).</source>
        <translation>它的 SSH 連接埠（預設：22）。</translation>
    </message>
    <message>
        <source>USER</source>
        <translation>使用者</translation>
    </message>
    <message>
        <source>Who logs in (default: you).</source>
        <translation>登入的使用者（預設：您）。</translation>
    </message>
    <message>
        <source>The private key file.</source>
        <translation>私密金鑰檔。</translation>
    </message>
    <message>
        <source>Log in with the SSH agent&apos;s keys.</source>
        <translation>用 SSH agent 的金鑰登入。</translation>
    </message>
    <message>
        <source>Log in with a password, from the keychain or asked for.</source>
        <translation>用密碼登入，取自鑰匙圈或當場詢問。</translation>
    </message>
    <message>
        <source>WORDS</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>The host&apos;s docker command (default: docker).</source>
        <translation>主機的 docker 命令（預設：docker）。</translation>
    </message>
    <message>
        <source>Only this upstream.</source>
        <translation>只看這個上游。</translation>
    </message>
    <message>
        <source>The target&apos;s environment, for instance production.</source>
        <translation>部署目標的環境，例如 production。</translation>
    </message>
    <message>
        <source>The path of the site&apos;s SignalR hub.</source>
        <translation>網站 SignalR Hub 的路徑。</translation>
    </message>
    <message>
        <source>LINE</source>
        <translation>命令列</translation>
    </message>
    <message>
        <source>The docker run line that the containers are created with; - reads it from standard input.</source>
        <translation>建立容器用的 docker run 命令；- 表示從標準輸入讀取。</translation>
    </message>
    <message>
        <source>Write the target to a file.</source>
        <translation>把部署目標寫成檔案。</translation>
    </message>
    <message>
        <source>Save the target.</source>
        <translation>儲存部署目標。</translation>
    </message>
    <message>
        <source>With --save: put the secrets of the running containers into the keychain.</source>
        <translation>搭配 --save：把執行中容器的機密放進鑰匙圈。</translation>
    </message>
    <message>
        <source>Looks only; nothing changes on the host. A single container is proposed as two slots, on a free port beside the one it has.</source>
        <translation>只看不改，主機上不會有任何改變。單一容器會以兩個部署位置提出，另一個使用旁邊的空閒連接埠。</translation>
    </message>
    <message>
        <source>Adopt the site of a host that another pipeline has served:</source>
        <translation>接手另一個 Pipeline 部署的主機上的網站：</translation>
    </message>
    <message>
        <source>--host is missing</source>
        <translation>缺少 --host</translation>
    </message>
    <message>
        <source>say what to deploy: --image TAG, --git REPO, --context DIR, --archive FILE, --local IMAGE or --pull REF</source>
        <translation>請指定要部署什麼：--image TAG、--git REPO、--context DIR、--archive FILE、--local IMAGE 或 --pull REF</translation>
    </message>
    <message>
        <source>%1 and %2 exclude each other</source>
        <translation>%1 與 %2 不能同時使用</translation>
    </message>
    <message>
        <source>--rev goes with --git only</source>
        <translation>--rev 只能與 --git 一起使用</translation>
    </message>
    <message>
        <source>--image says the tag already; --tag goes with the other sources</source>
        <translation>--image 已經指定標籤；--tag 用於其他來源</translation>
    </message>
    <message>
        <source>%1 needs --tag TAG: what the release is to be called</source>
        <translation>%1 需要 --tag TAG：這個版本的名稱</translation>
    </message>
    <message>
        <source>Build on a host from a commit of this repository, a path or a URL. The tag is made of the commit&apos;s hash, as the target says.</source>
        <translation>由此儲存庫（路徑或 URL）的提交在主機上建置。標籤依目標的設定由提交的雜湊值組成。</translation>
    </message>
    <message>
        <source>The branch, tag or commit for --git (default: the head of its default branch).</source>
        <translation>--git 的分支、標籤或提交（預設：預設分支的最新提交）。</translation>
    </message>
    <message>
        <source>Build on a host from this folder with its Dockerfile.</source>
        <translation>由此資料夾及其 Dockerfile 在主機上建置。</translation>
    </message>
    <message>
        <source>Send the image that “docker save” wrote, or an OCI layout; only the layers that a host lacks.</source>
        <translation>傳送「docker save」寫出的映像檔或 OCI 配置；只傳送主機缺少的映像層。</translation>
    </message>
    <message>
        <source>IMAGE</source>
        <translation>映像檔</translation>
    </message>
    <message>
        <source>Send this image of this machine&apos;s docker; only the layers that a host lacks.</source>
        <translation>傳送這部機器 Docker 裡的這個映像檔；只傳送主機缺少的映像層。</translation>
    </message>
    <message>
        <source>REF</source>
        <translation>參照</translation>
    </message>
    <message>
        <source>Have the hosts pull this registry reference, best by its digest.</source>
        <translation>讓主機提取這個登錄庫參照，最好以摘要指定。</translation>
    </message>
    <message>
        <source>The tag that the release gets; --git has one of its own.</source>
        <translation>這個版本取得的標籤；--git 有自己的標籤。</translation>
    </message>
    <message>
        <source>From a commit, built on the host:</source>
        <translation>由提交在主機上建置：</translation>
    </message>
    <message>
        <source>SUBJECT</source>
        <translation>主旨</translation>
    </message>
    <message>
        <source>AUTHOR</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>the images do not say which commits they were built from</source>
        <translation>映像檔沒有記錄建置自哪些提交</translation>
    </message>
    <message>
        <source>COMMIT</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>It has no commit that does not serve already.</source>
        <translation>其中沒有尚未上線的提交。</translation>
    </message>
    <message>
        <source>The commits that this release has and the one that serves has not.</source>
        <translation>這個版本有、而目前服務中的版本沒有的提交。</translation>
    </message>
    <message>
        <source>Where to look for them (default: where the image was built from).</source>
        <translation>到哪裡查看（預設：映像檔的建置來源）。</translation>
    </message>
    <message>
        <source>--sudo is passwordless or password</source>
        <translation>--sudo 是 passwordless 或 password</translation>
    </message>
    <message>
        <source>HOW</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Look as root: passwordless, or password (from the keychain or asked for).</source>
        <translation>以 root 身分查看：passwordless，或 password（取自鑰匙圈或當場詢問）。</translation>
    </message>
    <message>
        <source>What tests nginx&apos;s configuration (default: nginx -t).</source>
        <translation>測試 nginx 設定的命令（預設：nginx -t）。</translation>
    </message>
    <message>
        <source>What makes nginx read it again (default: nginx -s reload).</source>
        <translation>讓 nginx 重新載入設定的命令（預設：nginx -s reload）。</translation>
    </message>
    <message>
        <source>Locked by %1 on %2 since %3: run %4 is under way.</source>
        <translation>自 %3 起由 %2 的 %1 鎖定：作業 %4 正在進行。</translation>
    </message>
    <message>
        <source>Locked by %1 on %2 since %3: run %4 was interrupted.</source>
        <translation>自 %3 起由 %2 的 %1 鎖定：作業 %4 中途停止。</translation>
    </message>
    <message>
        <source>no run on this site has an open question</source>
        <translation>此網站沒有等待回答的作業</translation>
    </message>
    <message>
        <source>the question takes %1, not “%2”</source>
        <translation>此問題的答案為 %1，而非「%2」</translation>
    </message>
    <message>
        <source>somebody else has answered it already</source>
        <translation>已有其他人回答</translation>
    </message>
    <message>
        <source>Answered: %1</source>
        <translation>已回答：%1</translation>
    </message>
    <message>
        <source>Only this machine&apos;s runs; the gateway could not be asked: %1</source>
        <translation>僅列出本機的作業；無法詢問閘道：%1</translation>
    </message>
    <message>
        <source>Only what this machine knows; do not ask the target&apos;s gateway for others&apos; runs.</source>
        <translation>僅列出本機已知的作業，不向部署目標的閘道詢問他人的作業。</translation>
    </message>
    <message>
        <source>Interrupted: run %1 of %2 on %3.</source>
        <translation>中途停止：%3 的 %2 所執行的作業 %1。</translation>
    </message>
    <message>
        <source>Interrupted: run %1 of %2 on %3, in the step “%4”.</source>
        <translation>中途停止：%3 的 %2 所執行的作業 %1，停在步驟「%4」。</translation>
    </message>
    <message>
        <source>The site is not locked; nothing is to be done.</source>
        <translation>網站未鎖定，無須處理。</translation>
    </message>
    <message>
        <source>No run was interrupted; nothing is to be done.</source>
        <translation>沒有中途停止的作業，無須處理。</translation>
    </message>
    <message>
        <source>give one of --finish, --restore and --leave</source>
        <translation>--finish、--restore 與 --leave 只能擇一</translation>
    </message>
    <message>
        <source>Brings an interrupted run to a defined end.</source>
        <translation>將中途停止的作業收尾。</translation>
    </message>
    <message>
        <source>Bring every slot to the new release; where that fails, restore.</source>
        <translation>將所有容器更新為新版本；若失敗則還原。</translation>
    </message>
    <message>
        <source>Bring every slot back to the old release.</source>
        <translation>將所有容器還原為舊版本。</translation>
    </message>
    <message>
        <source>Leave the containers and nginx as they are; only take the lock away.</source>
        <translation>容器與 nginx 維持原樣，只解除部署鎖定。</translation>
    </message>
    <message>
        <source>Looks at docker and nginx first, says what each slot is like, and asks. --yes alone finishes when the new slot is ready, else restores. Refused while the run&apos;s owner gives signs of life.</source>
        <translation>先檢視 docker 與 nginx，說明各容器的狀態，再行詢問。僅指定 --yes 時，新容器已就緒則完成，否則還原。作業的持有者仍有心跳訊號時會拒絕執行。</translation>
    </message>
    <message>
        <source>Shows slots, releases, what nginx routes where, the lock, and an unfinished run.</source>
        <translation>顯示容器、版本、nginx 的流量導向、部署鎖定，以及未完成的作業。</translation>
    </message>
    <message>
        <source>Follow the run that is under way, whoever&apos;s it is, until it ends.</source>
        <translation>跟隨正在進行的作業（不論由誰執行），直到結束。</translation>
    </message>
    <message>
        <source>CHOICE</source>
        <translation>選項</translation>
    </message>
    <message>
        <source>Answer the question of the run that is under way: retry, hold or rollback.</source>
        <translation>回答正在進行的作業所提出的問題：retry、hold 或 rollback。</translation>
    </message>
    <message>
        <source>Takes away the lock that a dead run has left.</source>
        <translation>解除已中止的作業所遺留的部署鎖定。</translation>
    </message>
    <message>
        <source>Changes neither containers nor nginx; “gaplessctl resume” does. The dead run can change nothing more, should it come back. Refused while its owner gives signs of life.</source>
        <translation>不會變更容器與 nginx；請使用「gaplessctl resume」變更。中止的作業即使恢復也無法再變更任何東西。持有者仍有心跳訊號時會拒絕執行。</translation>
    </message>
    <message>
        <source>Answered for %1: %2</source>
        <translation>已代 %1 答覆：%2</translation>
    </message>
    <message>
        <source>Who decides (default: the user&apos;s name). It is recorded as said, and is no access control.</source>
        <translation>由誰決定（預設：使用者名稱）。依所述記錄，並非存取控制。</translation>
    </message>
    <message>
        <source>The saved target, where this data folder does not know the run.</source>
        <translation>已儲存的部署目標；在此資料夾不認得該部署作業時使用。</translation>
    </message>
    <message>
        <source>Lets a red-black rollout that waits go on.</source>
        <translation>讓正在等待的紅黑部署繼續。</translation>
    </message>
    <message>
        <source>All traffic then switches to the new version. From any desktop that can reach the gateway.</source>
        <translation>接著所有流量切換到新版本。可從任何能連到閘道的電腦執行。</translation>
    </message>
    <message>
        <source>With a name and a reason:</source>
        <translation>附上姓名與理由：</translation>
    </message>
    <message>
        <source>Ends a red-black rollout that waits; what served before goes on serving.</source>
        <translation>結束正在等待的紅黑部署；先前服務的版本繼續服務。</translation>
    </message>
    <message>
        <source>Gives a canary its next share of the traffic now.</source>
        <translation>立即將金絲雀提高到下一個流量比例。</translation>
    </message>
    <message>
        <source>Stay at this share until somebody promotes.</source>
        <translation>維持目前的比例，直到有人決定繼續。</translation>
    </message>
    <message>
        <source>Take the canary back.</source>
        <translation>收回金絲雀。</translation>
    </message>
    <message>
        <source>give one of --pause and --abort</source>
        <translation>--pause 與 --abort 只能擇一</translation>
    </message>
    <message>
        <source>Opens a way to the version that waits outside nginx, on this machine.</source>
        <translation>在這台電腦上開啟通往 nginx 之外等待中版本的路徑。</translation>
    </message>
    <message>
        <source>Prints an address on loopback that leads to the new version, and holds it open until Ctrl-C.</source>
        <translation>顯示通往新版本的本機位址，並保持開啟直到按下 Ctrl-C。</translation>
    </message>
    <message>
        <source>Slot %1: %2</source>
        <translation>部署位置 %1：%2</translation>
    </message>
    <message>
        <source>“gaplessctl help strategies” explains the four strategies.</source>
        <translation>「gaplessctl help strategies」說明四種策略。</translation>
    </message>
    <message>
        <source>FREES</source>
        <translation>可釋放</translation>
    </message>
    <message>
        <source>Nothing to remove: every release on the hosts is kept.</source>
        <translation>沒有可移除的版本：主機上的版本都會保留。</translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>已移除：%1</translation>
    </message>
    <message>
        <source>Removes the releases that nothing holds, after showing them.</source>
        <translation>先列出再移除不再需要的版本。</translation>
    </message>
    <message>
        <source>Show only.</source>
        <translation>只顯示。</translation>
    </message>
    <message>
        <source>The newest image.keep releases, pinned ones, the one that serves, the one before it and whatever any container on a host is made from are never removed; neither is anything that is not this target&apos;s.</source>
        <translation>最新的 image.keep 個版本、釘選的版本、使用中的版本、它的前一版，以及主機上任何容器所用的映像檔都不會移除；不屬於此目標的東西也不會移除。</translation>
    </message>
    <message>
        <source>What would go:</source>
        <translation>會移除哪些：</translation>
    </message>
    <message>
        <source>%1 tags would go, and at least %2 with them.</source>
        <translation>將移除 %1 個標籤，至少釋放 %2。</translation>
    </message>
    <message>
        <source>Run %1 holds before its next step, until “gaplessctl continue %1” or “gaplessctl stop %1 --roll-back”.</source>
        <translation>部署作業 %1 會在下一個步驟之前暫停，直到執行「gaplessctl continue %1」或「gaplessctl stop %1 --roll-back」。</translation>
    </message>
    <message>
        <source>Run %1 goes on.</source>
        <translation>部署作業 %1 會繼續進行。</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <comment>run, what stopping does</comment>
        <translation>部署作業 %1：%2</translation>
    </message>
    <message>
        <source>Holds a run that is under way before its next step.</source>
        <translation>讓進行中的部署作業在下一個步驟之前暫停。</translation>
    </message>
    <message>
        <source>From any desktop that can reach the gateway. The run keeps the site&apos;s lock, which says that it waits; after three days of silence it rolls back.</source>
        <translation>可從任何能連線至閘道的電腦執行。部署作業會保有部署鎖定，鎖定中會註明正在等待；三天沒有回應就會回滾。</translation>
    </message>
    <message>
        <source>Lets a run that is paused go on with its next step.</source>
        <translation>讓暫停的部署作業繼續下一個步驟。</translation>
    </message>
    <message>
        <source>Ends a run that is under way: everything as before, or what serves is kept.</source>
        <translation>結束進行中的部署作業：全部恢復原狀，或保留目前服務中的版本。</translation>
    </message>
    <message>
        <source>Slots that have the new version keep it; a slot in its turn gets the old one back. The run ends half done (exit status 3).</source>
        <translation>已換成新版本的容器維持新版本；正在更換的容器則換回舊版本。部署作業以部分完成結束（結束代碼 3）。</translation>
    </message>
    <message>
        <source>The old version serves everywhere again, as after Ctrl-C (exit status 130).</source>
        <translation>全部容器都由舊版本服務，與按 Ctrl-C 相同（結束代碼 130）。</translation>
    </message>
    <message>
        <source>From any desktop that can reach the gateway; heard between two steps and while a step waits. Refused once the new version serves everywhere.</source>
        <translation>可從任何能連線至閘道的電腦執行；在兩個步驟之間以及步驟等待時生效。新版本已全面服務後即不受理。</translation>
    </message>
    <message>
        <source>give one of --keep and --roll-back</source>
        <translation>請指定 --keep 或 --roll-back 其中之一</translation>
    </message>
    <message>
        <source>It waits: %1</source>
        <translation>正在等待：%1</translation>
    </message>
    <message>
        <source>The run, which “status” names, or a saved target whose run is meant.</source>
        <translation>「status」所列的部署作業，或已儲存的部署目標（指其部署作業）。</translation>
    </message>
    <message>
        <source>%1 last ran with the target&apos;s own options.</source>
        <translation>%1 上次執行時使用的就是部署目標本身的選項。</translation>
    </message>
    <message>
        <source>No run noted the options of %1; the target&apos;s own are used.</source>
        <translation>沒有部署作業記下 %1 的選項；將使用部署目標本身的選項。</translation>
    </message>
    <message>
        <source>The values of these variables were not kept: %1</source>
        <translation>下列變數的值沒有保留下來：%1</translation>
    </message>
    <message>
        <source>Use the options that the release last ran with, as a run noted them, in place of the target&apos;s. Files on the hosts stay as they are.</source>
        <translation>改用此版本上次執行時由部署作業記下的選項，取代部署目標本身的選項。主機上的檔案維持原樣。</translation>
    </message>
</context>
<context>
    <name>Differences</name>
    <message>
        <source>variable</source>
        <translation>變數</translation>
    </message>
    <message>
        <source>mount</source>
        <translation>掛載</translation>
    </message>
    <message>
        <source>content of</source>
        <translation>檔案內容</translation>
    </message>
    <message>
        <source>port</source>
        <translation>連接埠</translation>
    </message>
    <message>
        <source>network</source>
        <translation>網路</translation>
    </message>
    <message>
        <source>image</source>
        <translation>映像檔</translation>
    </message>
    <message>
        <source>option</source>
        <translation>選項</translation>
    </message>
    <message>
        <source>%1 %2: %3, and none before</source>
        <comment>kind, name, value</comment>
        <translation>%1 %2：%3（先前沒有）</translation>
    </message>
    <message>
        <source>%1 %2: none any more (%3 before)</source>
        <comment>kind, name, value</comment>
        <translation>%1 %2：已沒有（先前為 %3）</translation>
    </message>
    <message>
        <source>%1 %2: %3 → %4</source>
        <comment>kind, name, before, after</comment>
        <translation>%1 %2：%3 → %4</translation>
    </message>
    <message>
        <source>label</source>
        <translation>標籤</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>kind, name</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no such variable, mount …</comment>
        <translation>無</translation>
    </message>
    <message>
        <source>set</source>
        <comment>a value that is not shown</comment>
        <translation>已設定</translation>
    </message>
    <message>
        <source>%1: %2 on %3, %4 on %5</source>
        <comment>thing, value, slot, value, slot</comment>
        <translation>%1：%3 為 %2，%5 為 %4</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>The command line is wrong: %1</source>
        <translation>命令列有誤：%1</translation>
    </message>
    <message>
        <source>The file “%1” cannot be read.</source>
        <translation>無法讀取檔案「%1」。</translation>
    </message>
    <message>
        <source>“%1” is not valid JSON: line %2, column %3.</source>
        <translation>「%1」不是有效的 JSON：第 %2 行，第 %3 欄。</translation>
    </message>
    <message>
        <source>The field “%1” is wrong; expected: %2.</source>
        <translation>欄位「%1」有誤；應為：%2。</translation>
    </message>
    <message>
        <source>The field “%1” is missing.</source>
        <translation>缺少欄位「%1」。</translation>
    </message>
    <message>
        <source>There is no field “%1” in a target.</source>
        <translation>部署目標沒有「%1」這個欄位。</translation>
    </message>
    <message>
        <source>The field “%1” repeats the value of “%2”; the two must differ.</source>
        <translation>欄位「%1」與「%2」的值重複；兩者必須不同。</translation>
    </message>
    <message>
        <source>The field “%1” would hold a secret; a target file never does.</source>
        <translation>欄位「%1」會存放機密；部署目標檔絕不存放機密。</translation>
    </message>
    <message>
        <source>The strategy “%1” is not built yet.</source>
        <translation>策略「%1」尚未提供。</translation>
    </message>
    <message>
        <source>No target named “%1” is saved.</source>
        <translation>沒有名為「%1」的部署目標。</translation>
    </message>
    <message>
        <source>No run “%1” is in the history.</source>
        <translation>部署紀錄中沒有「%1」。</translation>
    </message>
    <message>
        <source>Nothing answers at %1, port %2.</source>
        <translation>%1 的連接埠 %2 沒有回應。</translation>
    </message>
    <message>
        <source>The host key of %1 is not known yet: %2.</source>
        <translation>尚未認得 %1 的主機金鑰：%2。</translation>
    </message>
    <message>
        <source>The host key of %1 has changed: it is %2 and should be %3.</source>
        <translation>%1 的主機金鑰已變更：目前是 %2，應為 %3。</translation>
    </message>
    <message>
        <source>The host key of %1 is marked as revoked: %2.</source>
        <translation>%1 的主機金鑰已標示為撤銷：%2。</translation>
    </message>
    <message>
        <source>The file of known hosts “%1” cannot be read.</source>
        <translation>無法讀取已知主機檔案「%1」。</translation>
    </message>
    <message>
        <source>%1 refused the login of “%2” (tried: %3).</source>
        <translation>%1 拒絕「%2」登入（已嘗試：%3）。</translation>
    </message>
    <message>
        <source>The keychain has no secret named “%1”.</source>
        <translation>鑰匙圈中沒有名為「%1」的機密。</translation>
    </message>
    <message>
        <source>The keychain of this system cannot be used (%1).</source>
        <translation>無法使用本系統的鑰匙圈（%1）。</translation>
    </message>
    <message>
        <source>The connection to %1 was lost; what the command under way did is not known.</source>
        <translation>與 %1 的連線中斷；無法得知執行中的命令做到哪裡。</translation>
    </message>
    <message>
        <source>“%1” did not end within %2 s.</source>
        <translation>「%1」未在 %2 秒內結束。</translation>
    </message>
    <message>
        <source>“%1” failed with exit status %2.</source>
        <translation>「%1」失敗，結束狀態為 %2。</translation>
    </message>
    <message>
        <source>“%1” ended without saying how.</source>
        <translation>「%1」已結束，但未回報結果。</translation>
    </message>
    <message>
        <source>The SSH server does not forward connections to %1.</source>
        <translation>SSH 伺服器不轉送到 %1 的連線。</translation>
    </message>
    <message>
        <source>sudo refused “%1”.</source>
        <translation>sudo 拒絕了「%1」。</translation>
    </message>
    <message>
        <source>The command “%1” is not there.</source>
        <translation>找不到命令「%1」。</translation>
    </message>
    <message>
        <source>The image %1 is not there.</source>
        <translation>找不到映像檔 %1。</translation>
    </message>
    <message>
        <source>The container name “%1” of slot %2 belongs to something else.</source>
        <translation>容器 %2 的名稱「%1」已屬於其他容器。</translation>
    </message>
    <message>
        <source>The container “%1” of slot %2 is not there.</source>
        <translation>找不到容器 %2（名稱「%1」）。</translation>
    </message>
    <message>
        <source>The container of slot %1 could not be created from %2.</source>
        <translation>無法以 %2 建立容器 %1。</translation>
    </message>
    <message>
        <source>The container of slot %1 did not start.</source>
        <translation>容器 %1 未能啟動。</translation>
    </message>
    <message>
        <source>Port %1 of slot %2 is taken by %3.</source>
        <translation>容器 %2 的連接埠 %1 被 %3 占用。</translation>
    </message>
    <message>
        <source>“%1”, which slot %2 mounts, is not there.</source>
        <translation>找不到容器 %2 要掛載的「%1」。</translation>
    </message>
    <message>
        <source>“%1” has %2 free and needs %3.</source>
        <translation>「%1」剩餘 %2，需要 %3。</translation>
    </message>
    <message>
        <source>The upstream file “%1” cannot be read.</source>
        <translation>無法讀取上游設定檔「%1」。</translation>
    </message>
    <message>
        <source>“%1” has no upstream block named “%2”.</source>
        <translation>「%1」中沒有名為「%2」的 upstream 區塊。</translation>
    </message>
    <message>
        <source>“%1” has more than one upstream block named “%2”.</source>
        <translation>「%1」中有多個名為「%2」的 upstream 區塊。</translation>
    </message>
    <message>
        <source>The upstream “%1” in “%2” has no line “server %3”.</source>
        <translation>「%2」的上游「%1」沒有「server %3」這一行。</translation>
    </message>
    <message>
        <source>The upstream “%1” in “%2” has the line “server %3” more than once.</source>
        <translation>「%2」的上游「%1」有多行「server %3」。</translation>
    </message>
    <message>
        <source>The line “server %1” of the upstream “%2” is not in “%3” but in “%4”, which it includes.</source>
        <translation>上游「%2」的「server %1」不在「%3」，而在其引入的「%4」。</translation>
    </message>
    <message>
        <source>“%1” cannot be edited safely: line %2 is not readable as nginx configuration.</source>
        <translation>無法安全地編輯「%1」：第 %2 行無法解讀為 nginx 設定。</translation>
    </message>
    <message>
        <source>nginx already rejects its configuration as it stands (“%1” is untouched).</source>
        <translation>nginx 目前的設定原本就無法通過測試（「%1」未變更）。</translation>
    </message>
    <message>
        <source>nginx rejected the change of “%1”; it was taken back.</source>
        <translation>nginx 不接受「%1」的變更；已改回原狀。</translation>
    </message>
    <message>
        <source>nginx is not running.</source>
        <translation>nginx 未執行。</translation>
    </message>
    <message>
        <source>nginx was told to reload and did not take the new configuration.</source>
        <translation>已要求 nginx 重新載入，但新設定並未生效。</translation>
    </message>
    <message>
        <source>“%1” was changed by another hand meanwhile.</source>
        <translation>「%1」在這段期間被他人變更。</translation>
    </message>
    <message>
        <source>Slot %1 is the last one that is ready; it is not taken out.</source>
        <translation>容器 %1 是最後一個就緒的容器，不會停用。</translation>
    </message>
    <message>
        <source>The container of slot %1 ended with exit status %2.</source>
        <translation>容器 %1 已結束，結束狀態為 %2。</translation>
    </message>
    <message>
        <source>The container of slot %1 keeps restarting.</source>
        <translation>容器 %1 不斷重新啟動。</translation>
    </message>
    <message>
        <source>The health check of slot %1 answered %2; expected: %3.</source>
        <translation>容器 %1 的健康檢查回應 %2；應為：%3。</translation>
    </message>
    <message>
        <source>Slot %1 was not ready within %2 s.</source>
        <translation>容器 %1 未在 %2 秒內就緒。</translation>
    </message>
    <message>
        <source>The hub of slot %1 does not take a connection.</source>
        <translation>容器 %1 的 Hub 無法建立連線。</translation>
    </message>
    <message>
        <source>The health command of slot %1 failed with exit status %2.</source>
        <translation>容器 %1 的健康檢查命令失敗，結束狀態為 %2。</translation>
    </message>
    <message>
        <source>Slot %1 is in nginx, but no traffic reaches it.</source>
        <translation>容器 %1 已在 nginx 啟用，但沒有流量抵達。</translation>
    </message>
    <message>
        <source>Slot %1, which would have to carry the site meanwhile, is not ready.</source>
        <translation>這段期間須由容器 %1 承接服務，但它尚未就緒。</translation>
    </message>
    <message>
        <source>The site is locked by %1 on %2 since %5 (run %3, Gapless %4).</source>
        <translation>網站自 %5 起由 %2 的 %1 鎖定（作業 %3，Gapless %4）。</translation>
    </message>
    <message>
        <source>%1 took this rollout over; nothing more is done here.</source>
        <translation>%1 已接手這次部署作業；此處不再執行任何動作。</translation>
    </message>
    <message>
        <source>The site is no longer what the plan was made for: %1.</source>
        <translation>網站現況已與計畫不符：%1。</translation>
    </message>
    <message>
        <source>No previous release is known, and the hosts have no tagged image.</source>
        <translation>沒有已知的上一個版本，主機上也沒有具標籤的映像檔。</translation>
    </message>
    <message>
        <source>No previous release is known. Tags on the hosts: %1.</source>
        <translation>沒有已知的上一個版本。主機上的標籤：%1。</translation>
    </message>
    <message>
        <source>The checks before a deployment refuse it: %1.</source>
        <translation>部署前檢查未通過：%1。</translation>
    </message>
    <message>
        <source>The checks before a deployment warn, and warnings were to refuse: %1.</source>
        <translation>部署前檢查有警告，且已指定有警告即拒絕：%1。</translation>
    </message>
    <message>
        <source>The target “%1” is protected and was not confirmed.</source>
        <translation>部署目標「%1」受保護，且未經確認。</translation>
    </message>
    <message>
        <source>A question is open and nobody can be asked: %1</source>
        <translation>有問題待回答，但無人可詢問：%1</translation>
    </message>
    <message>
        <source>The target “%1” is read-only.</source>
        <translation>部署目標「%1」為唯讀。</translation>
    </message>
    <message>
        <source>The run %1 on this site was interrupted and is not finished.</source>
        <translation>此網站的作業 %1 曾中途停止，尚未完成。</translation>
    </message>
    <message>
        <source>The witness saw what the target says to stop at: %1.</source>
        <translation>連線監測到部署目標指定須停止的情況：%1。</translation>
    </message>
    <message>
        <source>The hook “%1” failed with exit status %2.</source>
        <translation>掛鉤「%1」失敗，結束狀態為 %2。</translation>
    </message>
    <message>
        <source>The build failed at “%1”.</source>
        <translation>建置在「%1」失敗。</translation>
    </message>
    <message>
        <source>The image %1 did not arrive whole.</source>
        <translation>映像檔 %1 未完整送達。</translation>
    </message>
    <message>
        <source>“%1” cannot be written.</source>
        <translation>無法寫入「%1」。</translation>
    </message>
    <message>
        <source>The database “%1” is damaged; a copy is kept as “%2”.</source>
        <translation>資料庫「%1」已損壞；副本保留於「%2」。</translation>
    </message>
    <message>
        <source>This is a fault in Gapless: %1</source>
        <translation>這是 Gapless 的錯誤：%1</translation>
    </message>
    <message>
        <source>%1, on %2: %3</source>
        <comment>step, host, what failed</comment>
        <translation>%2，%1：%3</translation>
    </message>
    <message>
        <source>On %1: %2</source>
        <comment>host, what failed</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>step, what failed</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The SSH configuration “%1” is broken in line %2.</source>
        <translation>SSH 設定檔「%1」第 %2 行有誤。</translation>
    </message>
    <message>
        <source>The SSH configuration reaches %1 through a program (“%2”), which Gapless does not run.</source>
        <translation>SSH 設定檔須透過程式（「%2」）連線至 %1，而 Gapless 不會執行該程式。</translation>
    </message>
    <message>
        <source>No SSH agent is running (SSH_AUTH_SOCK is not set).</source>
        <translation>沒有執行中的 SSH agent（未設定 SSH_AUTH_SOCK）。</translation>
    </message>
    <message>
        <source>The SSH agent at “%1” does not answer.</source>
        <translation>位於「%1」的 SSH agent 沒有回應。</translation>
    </message>
    <message>
        <source>The SSH agent offers no key.</source>
        <translation>SSH agent 沒有提供任何金鑰。</translation>
    </message>
    <message>
        <source>“%1” is not a private key that can be read.</source>
        <translation>「%1」不是可讀取的私密金鑰。</translation>
    </message>
    <message>
        <source>The passphrase of the key “%1” is wrong.</source>
        <translation>金鑰「%1」的金鑰密碼（passphrase）不正確。</translation>
    </message>
    <message>
        <source>The login of “%1” works, but the account runs no commands.</source>
        <translation>「%1」可以登入，但該帳號無法執行命令。</translation>
    </message>
    <message>
        <source>“%1” was ended by signal %2.</source>
        <translation>「%1」因訊號 %2 結束。</translation>
    </message>
    <message>
        <source>The user may not use the Docker daemon (“%1”).</source>
        <translation>使用者無權使用 Docker daemon（「%1」）。</translation>
    </message>
    <message>
        <source>The Docker daemon does not answer (“%1”).</source>
        <translation>Docker daemon 沒有回應（「%1」）。</translation>
    </message>
    <message>
        <source>“%1” cannot be used.</source>
        <translation>無法使用「%1」。</translation>
    </message>
    <message>
        <source>There is no tag “%1” of %2. There is: %3.</source>
        <translation>沒有 %2 的標籤「%1」。現有：%3。</translation>
    </message>
    <message>
        <source>There is no tag “%1” of %2.</source>
        <translation>沒有 %2 的標籤「%1」。</translation>
    </message>
    <message>
        <source>The upstream file “%1” is not there.</source>
        <translation>找不到上游設定檔「%1」。</translation>
    </message>
    <message>
        <source>“%1”, named as the upstream file, is not a file.</source>
        <translation>指定為上游設定檔的「%1」不是檔案。</translation>
    </message>
    <message>
        <source>The gateway has no folder where the lock and the run records can be kept.</source>
        <translation>閘道沒有可存放部署鎖定與作業紀錄的資料夾。</translation>
    </message>
    <message>
        <source>The gateway&apos;s folder “%1” for the lock and the run records cannot be written.</source>
        <translation>閘道上存放部署鎖定與作業紀錄的資料夾「%1」無法寫入。</translation>
    </message>
    <message>
        <source>The site is no longer what the plan was made for.</source>
        <translation>網站現況已與計畫不符。</translation>
    </message>
    <message>
        <source>“%1” was written by a newer version of Gapless.</source>
        <translation>「%1」由較新版本的 Gapless 寫入。</translation>
    </message>
    <message>
        <source>Slot %1 cannot be rehearsed: its container uses the host&apos;s own network, where the old one has the port.</source>
        <translation>容器 %1 無法預先試啟動：它使用主機本身的網路，而該連接埠被舊容器占用。</translation>
    </message>
    <message>
        <source>Slot %1 cannot be rehearsed: its server is no TCP port that docker could publish elsewhere.</source>
        <translation>容器 %1 無法預先試啟動：它的 server 不是 docker 能改發布到別處的 TCP 連接埠。</translation>
    </message>
    <message>
        <source>The hook “%1” had not ended after %2 seconds and was ended.</source>
        <translation>掛鉤「%1」在 %2 秒後仍未結束，已被終止。</translation>
    </message>
    <message>
        <source>The hook “%1” was ended by signal %2.</source>
        <translation>掛鉤「%1」被訊號 %2 終止。</translation>
    </message>
    <message>
        <source>No nginx whose configuration can be read was found on %1.</source>
        <translation>在 %1 上找不到可以讀取設定的 nginx。</translation>
    </message>
    <message>
        <source>No upstream of nginx leads to a container of docker.</source>
        <translation>nginx 沒有任何上游通往 docker 的容器。</translation>
    </message>
    <message>
        <source>No upstream %1 of nginx leads to a container of docker.</source>
        <translation>nginx 的上游 %1 沒有通往 docker 的容器。</translation>
    </message>
    <message>
        <source>“%1” holds no image.</source>
        <translation>「%1」裡沒有映像檔。</translation>
    </message>
    <message>
        <source>“%1” holds several images.</source>
        <translation>「%1」裡有多個映像檔。</translation>
    </message>
    <message>
        <source>“%1” is not whole: a layer is missing in it.</source>
        <translation>「%1」不完整：缺少一個映像層。</translation>
    </message>
    <message>
        <source>“%1” cannot be read as an image archive.</source>
        <translation>無法將「%1」讀取為映像檔封存。</translation>
    </message>
    <message>
        <source>The build failed.</source>
        <translation>建置失敗。</translation>
    </message>
    <message>
        <source>There is no git command on this machine.</source>
        <translation>這部機器上沒有 git 指令。</translation>
    </message>
    <message>
        <source>git cannot read the repository “%1”.</source>
        <translation>git 無法讀取儲存庫「%1」。</translation>
    </message>
    <message>
        <source>The repository “%1” has no default branch with a commit.</source>
        <translation>儲存庫「%1」沒有含提交的預設分支。</translation>
    </message>
    <message>
        <source>The repository “%1” has no revision “%2”.</source>
        <translation>儲存庫「%1」沒有修訂版「%2」。</translation>
    </message>
    <message>
        <source>The build command “%1” failed on this machine with exit status %2.</source>
        <translation>建置指令「%1」在這部機器上失敗，結束狀態為 %2。</translation>
    </message>
    <message>
        <source>There is no “%1” in “%2”.</source>
        <translation>「%2」裡沒有「%1」。</translation>
    </message>
    <message>
        <source>“%1” changed while it was being sent.</source>
        <translation>「%1」在傳送途中有變動。</translation>
    </message>
    <message>
        <source>Docker on this machine has no image “%1”.</source>
        <translation>這部機器的 Docker 沒有映像檔「%1」。</translation>
    </message>
    <message>
        <source>%1 exists already, with another content (%2).</source>
        <translation>%1 已經存在，但內容不同（%2）。</translation>
    </message>
    <message>
        <source>%1 exists already, with another content (%2, built from %3).</source>
        <translation>%1 已經存在，但內容不同（%2，建置自 %3）。</translation>
    </message>
    <message>
        <source>Docker could not pull %1.</source>
        <translation>Docker 無法提取 %1。</translation>
    </message>
    <message>
        <source>%1 rejected the new version.</source>
        <translation>%1 拒絕了新版本。</translation>
    </message>
    <message>
        <source>%1 rejected the new version: %2</source>
        <translation>%1 拒絕了新版本：%2</translation>
    </message>
    <message>
        <source>Nobody approved the new version within %1 days.</source>
        <translation>%1 天內沒有人核准新版本。</translation>
    </message>
    <message>
        <source>At %1 % of the requests, the new version on slot %2 is worse than the old one in %3: %4 against %5.</source>
        <translation>在 %1 % 的請求時，部署位置 %2 的新版本在%3上比舊版本差：%4 對 %5。</translation>
    </message>
    <message>
        <source>At %1 % of the requests, only %2 reached the new version on slot %3; %4 are needed to compare it.</source>
        <translation>在 %1 % 的請求時，只有 %2 個請求到達部署位置 %3 的新版本；需要 %4 個才能比較。</translation>
    </message>
    <message>
        <source>%1 took the canary back at %2 % of the requests.</source>
        <translation>%1 在 %2 % 的請求時收回了金絲雀。</translation>
    </message>
    <message>
        <source>The strategy %1 compares the versions with what the witness sees, and there is none.</source>
        <translation>策略「%1」以連線監測的結果比較兩個版本，但沒有連線監測。</translation>
    </message>
    <message>
        <source>nginx took the preview at %1, and nothing answers there.</source>
        <translation>nginx 接受了位於 %1 的預覽，但那裡沒有回應。</translation>
    </message>
    <message>
        <source>No rollout is under way for “%1”.</source>
        <translation>「%1」目前沒有進行中的部署作業。</translation>
    </message>
    <message>
        <source>The run %1 does not wait for that answer.</source>
        <translation>部署作業 %1 並未等待這個答覆。</translation>
    </message>
    <message>
        <source>The kept container of slot %1 is gone, and it cannot be made again: the values of %2 are not known.</source>
        <translation>容器 %1 保留的舊容器已不存在，也無法重新建立：不知道 %2 的值。</translation>
    </message>
    <message>
        <source>The site is locked by %1 on %2 since %5 (run %3, Gapless %4), and that run waits: %6</source>
        <translation>網站自 %5 起由 %2 上的 %1 鎖定（部署作業 %3，Gapless %4），該部署作業正在等待：%6</translation>
    </message>
    <message>
        <source>%1 stopped the run and kept what serves.</source>
        <translation>%1 停止了部署作業，並維持當時服務中的版本。</translation>
    </message>
    <message>
        <source>%1 stopped the run and kept what serves (%2).</source>
        <translation>%1 停止了部署作業，並維持當時服務中的版本（%2）。</translation>
    </message>
    <message>
        <source>The run %1 cannot be held or stopped any more: the new version serves everywhere, and only tidying up is left.</source>
        <translation>部署作業 %1 已無法暫停或停止：新版本已全面服務，只剩收尾工作。</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>Slot %1: %2</source>
        <comment>slot, step</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>%1 on %2: %3 (%4, by %5)</source>
        <comment>kind, target, tag, strategy, person</comment>
        <translation>%2 %1：%3（%4，由 %5 執行）</translation>
    </message>
    <message>
        <source>%1 on %2: from %3 to %4 (%5, by %6)</source>
        <comment>kind, target, tag, tag, strategy, person</comment>
        <translation>%2 %1：由 %3 到 %4（%5，由 %6 執行）</translation>
    </message>
    <message>
        <source>%1 … (about %2)</source>
        <comment>step, time</comment>
        <translation>%1…（約 %2）</translation>
    </message>
    <message>
        <source>%1 …</source>
        <comment>step begins</comment>
        <translation>%1…</translation>
    </message>
    <message>
        <source>%1: done in %2</source>
        <comment>step, time</comment>
        <translation>%1：完成，費時 %2</translation>
    </message>
    <message>
        <source>%1: failed after %2. %3</source>
        <comment>step, time, why</comment>
        <translation>%1：失敗，費時 %2。%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>step, what it waits for</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 $ %2 (%3)</source>
        <comment>host, command, time</comment>
        <translation>%1 $ %2（%3）</translation>
    </message>
    <message>
        <source>%1 $ %2 (%3, ended by signal %4)</source>
        <comment>host, command, time, signal</comment>
        <translation>%1 $ %2（%3，因訊號 %4 結束）</translation>
    </message>
    <message>
        <source>%1 $ %2 (%3, how it ended is not known)</source>
        <comment>host, command, time</comment>
        <translation>%1 $ %2（%3，結果不明）</translation>
    </message>
    <message>
        <source>%1 $ %2 (%3, exit status %4)</source>
        <comment>host, command, time, exit status</comment>
        <translation>%1 $ %2（%3，結束狀態 %4）</translation>
    </message>
    <message>
        <source>Slot %1 is out of nginx: no new requests reach it</source>
        <translation>容器 %1 已在 nginx 停用：不再收到新的請求</translation>
    </message>
    <message>
        <source>Slot %1 is in nginx: requests reach it</source>
        <translation>容器 %1 已在 nginx 啟用：開始收到請求</translation>
    </message>
    <message>
        <source>Slot %1 is in nginx with weight %2</source>
        <translation>容器 %1 已在 nginx 啟用，權重 %2</translation>
    </message>
    <message>
        <source>Slot %1: %2, %3</source>
        <comment>slot, image, state</comment>
        <translation>容器 %1：%2，%3</translation>
    </message>
    <message>
        <source>%1: “%2” changed; the old one is kept as “%3”</source>
        <comment>host, file, backup</comment>
        <translation>%1：已變更「%2」；舊檔保留為「%3」</translation>
    </message>
    <message>
        <source>nginx runs the new configuration after %1: %2, %3</source>
        <comment>time, two counts</comment>
        <translation>nginx 已使用新設定，費時 %1：%2，%3</translation>
    </message>
    <message numerus="yes">
        <source>%n new worker(s)</source>
        <translation>
            <numerusform>%n 個新 worker</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n old one(s) still draining</source>
        <translation>
            <numerusform>%n 個舊 worker 仍在等待連線結束</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in flight, %2 long-lived, %3 unclear</source>
        <translation>處理中 %1、長時間連線 %2、不明 %3</translation>
    </message>
    <message>
        <source>Slot %1: every connection ended after %2 (%3)</source>
        <comment>slot, time, counts</comment>
        <translation>容器 %1：所有連線已結束，費時 %2（%3）</translation>
    </message>
    <message>
        <source>Slot %1: waited %2, its connections cannot be seen</source>
        <translation>容器 %1：無法得知其連線，已等待 %2</translation>
    </message>
    <message>
        <source>Slot %1: stopped waiting for connections after %2 (left: %3)</source>
        <comment>slot, time, counts</comment>
        <translation>容器 %1：等待連線結束 %2 後不再等待（尚有：%3）</translation>
    </message>
    <message>
        <source>Slot %1: the container did not end by itself and was killed after %2</source>
        <translation>容器 %1：等待 %2，未自行結束，已強制終止</translation>
    </message>
    <message>
        <source>Slot %1: the container had already ended with exit status %2</source>
        <translation>容器 %1：先前已結束，結束狀態 %2</translation>
    </message>
    <message>
        <source>Slot %1: the container ended by itself in %2</source>
        <translation>容器 %1：已自行結束，費時 %2</translation>
    </message>
    <message>
        <source>Slot %1: healthy, status %2 in %3 (%4 in a row)</source>
        <translation>容器 %1：健康檢查通過，狀態碼 %2，%3（連續 %4 次）</translation>
    </message>
    <message>
        <source>Slot %1: no answer (%2)</source>
        <translation>容器 %1：沒有回應（%2）</translation>
    </message>
    <message>
        <source>Slot %1: not healthy, status %2 (%3)</source>
        <translation>容器 %1：健康檢查未通過，狀態碼 %2（%3）</translation>
    </message>
    <message>
        <source>Slot %1: kept %2 and %3 of the failed container</source>
        <translation>容器 %1：已保留失敗容器的 %2與 %3</translation>
    </message>
    <message numerus="yes">
        <source>%n log line(s)</source>
        <translation>
            <numerusform>%n 行 Log</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n health answer(s)</source>
        <translation>
            <numerusform>%n 次健康檢查回應</numerusform>
        </translation>
    </message>
    <message>
        <source>Warning: %1</source>
        <translation>警告：%1</translation>
    </message>
    <message>
        <source>Decided by %1: %2</source>
        <comment>person, choice</comment>
        <translation>%1 的決定：%2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>decision, note</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Undone in %1: %2</source>
        <translation>已復位，費時 %1：%2</translation>
    </message>
    <message>
        <source>Undoing failed: %1. %2</source>
        <comment>what, why</comment>
        <translation>復位失敗：%1。%2</translation>
    </message>
    <message>
        <source>The new version serves; from here on a cancel finishes tidily</source>
        <translation>新版本已在服務中；此後若取消，會先妥善收尾</translation>
    </message>
    <message>
        <source>Hub client %1: connected</source>
        <translation>Hub 用戶端 %1：已連線</translation>
    </message>
    <message>
        <source>Hub client %1: connected to slot %2</source>
        <translation>Hub 用戶端 %1：已連線至容器 %2</translation>
    </message>
    <message>
        <source>Hub client %1: connection lost (%2), reconnecting</source>
        <translation>Hub 用戶端 %1：斷線（%2），正在重新連線</translation>
    </message>
    <message>
        <source>Hub client %1: disconnected for good (%2)</source>
        <translation>Hub 用戶端 %1：已斷線，不再重連（%2）</translation>
    </message>
    <message>
        <source>Hub client %1: connecting</source>
        <translation>Hub 用戶端 %1：正在連線</translation>
    </message>
    <message>
        <source>Gap of %1 seen by %2 (%3)</source>
        <comment>time, probe, cause</comment>
        <translation>%2 測得中斷 %1（%3）</translation>
    </message>
    <message>
        <source>%1, %2 after “%3” began</source>
        <comment>gap, time, step</comment>
        <translation>%1，「%3」開始後經過 %2 發生</translation>
    </message>
    <message>
        <source>Witness: %1 of %2 requests failed, p99 %3, %4</source>
        <translation>連線監測：%2 次請求中 %1 次失敗，p99 %3，%4</translation>
    </message>
    <message numerus="yes">
        <source>%n hub client(s) connected</source>
        <translation>
            <numerusform>%n 個 Hub 用戶端已連線</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <comment>host, address</comment>
        <translation>%1 位於 %2</translation>
    </message>
    <message>
        <source>Docker %1</source>
        <translation>Docker %1</translation>
    </message>
    <message>
        <source>nginx %1</source>
        <translation>nginx %1</translation>
    </message>
    <message>
        <source>clock off by %1</source>
        <translation>時鐘相差 %1</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between what is known of a host</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>%1 on %2 is image %3</source>
        <comment>tag, host, id</comment>
        <translation>%2 上的 %1 是映像檔 %3</translation>
    </message>
    <message>
        <source>Clients watch %1</source>
        <comment>an address</comment>
        <translation>用戶端開始監測 %1</translation>
    </message>
    <message>
        <source>%1 of the requests arrived; failed: new %2 of %3, old %4 of %5; p50: new %6, old %7; p99: new %8, old %9</source>
        <comment>share and eight numbers</comment>
        <translation>實際到達 %1 的請求；失敗：新版 %2／%3，舊版 %4／%5；p50：新版 %6，舊版 %7；p99：新版 %8，舊版 %9</translation>
    </message>
    <message>
        <source>as good as the old version</source>
        <translation>與舊版本一樣好</translation>
    </message>
    <message>
        <source>too few requests to compare</source>
        <translation>請求太少，無法比較</translation>
    </message>
    <message>
        <source>promoted by a person</source>
        <translation>由人員決定繼續</translation>
    </message>
    <message>
        <source>worse than the old version (%1)</source>
        <comment>why</comment>
        <translation>比舊版本差（%1）</translation>
    </message>
    <message>
        <source>Slot %1 at %2: %3. %4</source>
        <comment>slot, share, what it came to, the numbers</comment>
        <translation>部署位置 %1，比例 %2：%3。%4</translation>
    </message>
    <message>
        <source>Slot %1: the old container runs on outside nginx for %2, for a rollback of one reload</source>
        <translation>部署位置 %1：舊容器在 nginx 之外繼續執行 %2，回滾只需重新載入一次</translation>
    </message>
    <message>
        <source>%1; %2 until then</source>
        <comment>kept warm, connections</comment>
        <translation>%1；在此之前%2</translation>
    </message>
    <message numerus="yes">
        <source>%n long-lived connection(s) stay on it</source>
        <translation>
            <numerusform>仍有 %n 個長時間連線留在上面</numerusform>
        </translation>
    </message>
    <message>
        <source>Slot %1: noted what the container of %2 is made of</source>
        <translation>容器 %1：已記錄 %2 的容器組成</translation>
    </message>
    <message>
        <source>Slot %1: configuration has changed since %2 last ran there: %3</source>
        <comment>slot, tag, differences</comment>
        <translation>容器 %1：自 %2 上次在此執行以來，設定已變更：%3</translation>
    </message>
    <message>
        <source>Slot %1 has other configuration than slot %2, which works: %3</source>
        <comment>slot, slot, differences</comment>
        <translation>容器 %1 的設定與正常運作的容器 %2 不同：%3</translation>
    </message>
    <message>
        <source>Reason, by %1: %2</source>
        <comment>person, reason</comment>
        <translation>%1 填寫的原因：%2</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>Connect</source>
        <translation>連線</translation>
    </message>
    <message>
        <source>Check the site</source>
        <translation>部署前檢查</translation>
    </message>
    <message>
        <source>Take the lock</source>
        <translation>取得部署鎖定</translation>
    </message>
    <message>
        <source>Build the image</source>
        <translation>建置映像檔</translation>
    </message>
    <message>
        <source>Send the image</source>
        <translation>傳送映像檔</translation>
    </message>
    <message>
        <source>Measure the baseline</source>
        <translation>基準量測</translation>
    </message>
    <message>
        <source>Rehearse the start</source>
        <translation>預先試啟動</translation>
    </message>
    <message>
        <source>Create the container</source>
        <translation>建立容器</translation>
    </message>
    <message>
        <source>Take out of nginx</source>
        <translation>在 nginx 停用</translation>
    </message>
    <message>
        <source>Wait for connections to end</source>
        <translation>等待連線結束</translation>
    </message>
    <message>
        <source>Stop the old container</source>
        <translation>停止舊容器</translation>
    </message>
    <message>
        <source>Start the new container</source>
        <translation>啟動新容器</translation>
    </message>
    <message>
        <source>Check that it is ready</source>
        <translation>確認就緒</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>預熱</translation>
    </message>
    <message>
        <source>Put back into nginx</source>
        <translation>在 nginx 啟用</translation>
    </message>
    <message>
        <source>Watch it serve</source>
        <translation>觀察服務狀況</translation>
    </message>
    <message>
        <source>Remove old containers</source>
        <translation>移除舊容器</translation>
    </message>
    <message>
        <source>Prune old images</source>
        <translation>清除過時映像檔</translation>
    </message>
    <message>
        <source>Release the lock</source>
        <translation>解除部署鎖定</translation>
    </message>
    <message>
        <source>Restore the old version</source>
        <translation>還原舊版本</translation>
    </message>
    <message>
        <source>Switch traffic</source>
        <translation>切換流量</translation>
    </message>
    <message>
        <source>Wait for approval</source>
        <translation>等待核准</translation>
    </message>
    <message>
        <source>Change the share of traffic</source>
        <translation>調整流量比例</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Failed and restored</source>
        <translation>失敗，已還原</translation>
    </message>
    <message>
        <source>Half done</source>
        <translation>部分完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒絕</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>執行中</translation>
    </message>
    <message>
        <source>rolling</source>
        <translation>滾動部署</translation>
    </message>
    <message>
        <source>blue-green</source>
        <translation>藍綠部署</translation>
    </message>
    <message>
        <source>red-black</source>
        <translation>紅黑部署</translation>
    </message>
    <message>
        <source>canary</source>
        <translation>金絲雀部署</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>Rollback</source>
        <translation>回滾</translation>
    </message>
    <message>
        <source>First deployment</source>
        <translation>首次部署</translation>
    </message>
    <message>
        <source>Resumption</source>
        <translation>繼續作業</translation>
    </message>
    <message>
        <source>Unlocking</source>
        <translation>解除鎖定</translation>
    </message>
    <message>
        <source>serving</source>
        <translation>服務中</translation>
    </message>
    <message>
        <source>draining</source>
        <translation>等待連線結束</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在啟動</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>正在檢查</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>預熱中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就緒</translation>
    </message>
    <message>
        <source>out of nginx</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>Mend and retry this slot</source>
        <translation>修正後重試</translation>
    </message>
    <message>
        <source>Keep the new version serving, this slot out</source>
        <translation>維持現狀：新版本繼續服務，此容器保持停用</translation>
    </message>
    <message>
        <source>Roll everything back to the old version</source>
        <translation>全部回滾至舊版本</translation>
    </message>
    <message>
        <source>Finish with the new version</source>
        <translation>以新版本完成</translation>
    </message>
    <message>
        <source>Leave everything as it is</source>
        <translation>全部維持原樣</translation>
    </message>
    <message>
        <source>Slot %1 failed after the new version went live elsewhere. What now?</source>
        <translation>新版本已在其他容器服務，但容器 %1 失敗。接下來要怎麼做？</translation>
    </message>
    <message>
        <source>An interrupted run was found. What now?</source>
        <translation>發現中途停止的作業。接下來要怎麼做？</translation>
    </message>
    <message>
        <source>%1 (slot %2)</source>
        <translation>%1（容器 %2）</translation>
    </message>
    <message>
        <source>Unbroken</source>
        <comment>verdict</comment>
        <translation>全程未斷線</translation>
    </message>
    <message>
        <source>Recovered</source>
        <comment>verdict</comment>
        <translation>曾中斷，已自動重連</translation>
    </message>
    <message>
        <source>Broken</source>
        <comment>verdict</comment>
        <translation>已斷線</translation>
    </message>
    <message>
        <source>Invalid</source>
        <comment>verdict</comment>
        <translation>無法判定</translation>
    </message>
    <message>
        <source>Not measured</source>
        <comment>verdict</comment>
        <translation>未監測</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>slot, its tag</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>out</source>
        <comment>slot serves nothing</comment>
        <translation>已停用</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between slots</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>open</source>
        <translation>不須確認</translation>
    </message>
    <message>
        <source>to be confirmed</source>
        <translation>須確認</translation>
    </message>
    <message>
        <source>its name to be typed</source>
        <translation>須輸入名稱</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>唯讀</translation>
    </message>
    <message>
        <source>Run the hook before the build</source>
        <translation>執行建置前的掛鉤</translation>
    </message>
    <message>
        <source>Run the hook before the rollout</source>
        <translation>執行部署前的掛鉤</translation>
    </message>
    <message>
        <source>Run the hook after the rollout</source>
        <translation>執行部署後的掛鉤</translation>
    </message>
    <message>
        <source>Run the hook for failures</source>
        <translation>執行失敗時的掛鉤</translation>
    </message>
    <message>
        <source>Compare with the old version</source>
        <translation>與舊版本比較</translation>
    </message>
    <message>
        <source>Open the preview</source>
        <translation>開啟預覽</translation>
    </message>
    <message>
        <source>Keep the old version warm</source>
        <translation>讓舊版本待命</translation>
    </message>
    <message>
        <source>kept warm</source>
        <translation>待命中</translation>
    </message>
    <message>
        <source>Approve: all traffic goes to the new version</source>
        <translation>核准：所有流量切換到新版本</translation>
    </message>
    <message>
        <source>Reject: the old version goes on serving</source>
        <translation>拒絕：舊版本繼續服務</translation>
    </message>
    <message>
        <source>Promote: give the new version its next share</source>
        <translation>繼續：提高新版本的流量比例</translation>
    </message>
    <message>
        <source>Pause: stay at this share</source>
        <translation>暫停：維持目前的比例</translation>
    </message>
    <message>
        <source>Abort: back to the old version</source>
        <translation>中止：回到舊版本</translation>
    </message>
    <message>
        <source>failed requests</source>
        <translation>失敗的請求</translation>
    </message>
    <message>
        <source>the median answer time</source>
        <translation>回應時間的中位數</translation>
    </message>
    <message>
        <source>the 99th percentile of answer times</source>
        <translation>回應時間的第 99 百分位數</translation>
    </message>
    <message>
        <source>lost hub connections</source>
        <translation>Hub 連線的斷線次數</translation>
    </message>
    <message>
        <source>The new version is ready and gets no traffic. Shall it serve?</source>
        <translation>新版本已就緒，尚未接收流量。要讓它開始服務嗎？</translation>
    </message>
    <message>
        <source>The new version on slot %1 has its share of the traffic. Go on?</source>
        <translation>部署位置 %1 的新版本已接收它的流量比例。要繼續嗎？</translation>
    </message>
    <message>
        <source>Pause before the next step</source>
        <translation>在下一個步驟之前暫停</translation>
    </message>
    <message>
        <source>Continue with the next step</source>
        <translation>繼續下一個步驟</translation>
    </message>
    <message>
        <source>Stop and keep what serves now</source>
        <translation>停止並維持目前服務中的版本</translation>
    </message>
    <message>
        <source>The run is paused before its next step. Go on?</source>
        <translation>部署作業在下一個步驟之前暫停。要繼續嗎？</translation>
    </message>
    <message>
        <source>Asked while the run was under way</source>
        <translation>部署作業進行中提出的要求</translation>
    </message>
    <message>
        <source>Old pipeline</source>
        <translation>舊的 Pipeline</translation>
    </message>
</context>
<context>
    <name>Remedies</name>
    <message>
        <source>“gaplessctl help COMMAND” shows what a command takes.</source>
        <translation>「gaplessctl help 命令」會顯示該命令的用法。</translation>
    </message>
    <message>
        <source>Check that the file exists and that you may read it.</source>
        <translation>請確認檔案存在，且您有讀取權限。</translation>
    </message>
    <message>
        <source>Mend the file at that place; a comma or a quotation mark too many or too few is the usual cause.</source>
        <translation>請修正檔案的該處；通常是多或少了逗號、引號。</translation>
    </message>
    <message>
        <source>Correct the field in the target file.</source>
        <translation>請修正部署目標檔中的該欄位。</translation>
    </message>
    <message>
        <source>Add the field to the target file.</source>
        <translation>請在部署目標檔加入該欄位。</translation>
    </message>
    <message>
        <source>Correct its spelling or remove it.</source>
        <translation>請修正拼字，或將其移除。</translation>
    </message>
    <message>
        <source>Give one of the two a value of its own.</source>
        <translation>請將其中一個改為不同的值。</translation>
    </message>
    <message>
        <source>Remove the field and store the secret in the keychain: “gaplessctl credential set NAME”.</source>
        <translation>請移除該欄位，並將機密存入鑰匙圈：「gaplessctl credential set 名稱」。</translation>
    </message>
    <message>
        <source>Use “rolling”.</source>
        <translation>請使用「rolling」。</translation>
    </message>
    <message>
        <source>“gaplessctl target list” shows the saved targets; “gaplessctl target import FILE” saves one.</source>
        <translation>「gaplessctl target list」會列出已儲存的部署目標；「gaplessctl target import 檔案」可儲存一個。</translation>
    </message>
    <message>
        <source>“gaplessctl history” lists the runs.</source>
        <translation>「gaplessctl history」會列出部署紀錄。</translation>
    </message>
    <message>
        <source>Check address and port in the target, that the host is up, and that no firewall stands between.</source>
        <translation>請檢查部署目標的 address 與 port、主機是否已開機，以及中間是否有防火牆阻擋。</translation>
    </message>
    <message>
        <source>Compare the fingerprint with the one the host&apos;s owner gives you. If it is right, run again with --accept-new-host-key, or write it into the target&apos;s hostKey.</source>
        <translation>請與主機負責人提供的指紋比對。若相符，請加上 --accept-new-host-key 再執行一次，或寫入部署目標的 hostKey。</translation>
    </message>
    <message>
        <source>Somebody may be between you and the host. Ask its owner whether the key was changed; only then remove the old one (“ssh-keygen -R HOST”, or the target&apos;s hostKey).</source>
        <translation>您與主機之間可能有人攔截。請先向主機負責人確認金鑰是否已更換，再移除舊的金鑰（「ssh-keygen -R 主機」，或部署目標的 hostKey）。</translation>
    </message>
    <message>
        <source>Do not connect with this key. Ask the host&apos;s owner for its new one.</source>
        <translation>請勿以此金鑰連線，並向主機負責人索取新的金鑰。</translation>
    </message>
    <message>
        <source>Mend the file&apos;s permissions, or pin the key in the target&apos;s hostKey.</source>
        <translation>請修正檔案權限，或將金鑰寫入部署目標的 hostKey。</translation>
    </message>
    <message>
        <source>Check user and auth in the target, that the key is in the host&apos;s authorized_keys, and the secret in the keychain.</source>
        <translation>請檢查部署目標的 user 與 auth、主機的 authorized_keys 是否有此金鑰，以及鑰匙圈中的機密。</translation>
    </message>
    <message>
        <source>Store it: “gaplessctl credential set %1”.</source>
        <translation>請存入：「gaplessctl credential set %1」。</translation>
    </message>
    <message>
        <source>Unlock or start the system&apos;s keychain (libsecret or KWallet), or use an SSH agent, which needs no stored secret.</source>
        <translation>請解鎖或啟動系統的鑰匙圈（libsecret 或 KWallet），或改用不需儲存機密的 SSH agent。</translation>
    </message>
    <message>
        <source>Once the host answers again, “gaplessctl status” shows how things stand and “gaplessctl resume” goes on from there.</source>
        <translation>主機恢復回應後，「gaplessctl status」會顯示現況，「gaplessctl resume」可從該處繼續。</translation>
    </message>
    <message>
        <source>Look at the host&apos;s load and at what the command waits for, then run it again.</source>
        <translation>請查看主機負載以及命令在等待什麼，再執行一次。</translation>
    </message>
    <message>
        <source>Mend on the host what the command says, then run it again.</source>
        <translation>請依命令的訊息在主機上修正，再執行一次。</translation>
    </message>
    <message>
        <source>Allow AllowTcpForwarding for this user in the host&apos;s sshd_config.</source>
        <translation>請在主機的 sshd_config 為此使用者允許 AllowTcpForwarding。</translation>
    </message>
    <message>
        <source>Give the user the sudoers lines that “gaplessctl doctor” proposes, or store the sudo password in the keychain.</source>
        <translation>請為使用者加入「gaplessctl doctor」建議的 sudoers 設定，或將 sudo 密碼存入鑰匙圈。</translation>
    </message>
    <message>
        <source>Install Docker on the host, or name its command in the target&apos;s hosts.*.docker.</source>
        <translation>請在主機安裝 Docker，或在部署目標的 hosts.*.docker 指定其命令。</translation>
    </message>
    <message>
        <source>Start the daemon, and put the user into the docker group or set sudo in the target.</source>
        <translation>請啟動 daemon，並將使用者加入 docker 群組，或在部署目標設定 sudo。</translation>
    </message>
    <message>
        <source>“gaplessctl images” shows what each host has; load the image there, or choose another tag.</source>
        <translation>「gaplessctl images」會顯示各主機有哪些映像檔；請在該主機載入映像檔，或選擇其他標籤。</translation>
    </message>
    <message>
        <source>“gaplessctl images” lists the tags; check the spelling and image.repository.</source>
        <translation>「gaplessctl images」會列出標籤；請檢查拼字與 image.repository。</translation>
    </message>
    <message>
        <source>Rename that container, or give the slot another container name in the target.</source>
        <translation>請將那個容器改名，或在部署目標改用其他容器名稱。</translation>
    </message>
    <message>
        <source>“gaplessctl status” shows what is there; a deployment creates it anew.</source>
        <translation>「gaplessctl status」會顯示現況；部署時會重新建立。</translation>
    </message>
    <message>
        <source>Mend what docker says: usually an option, a mount or an environment file of the target.</source>
        <translation>請依 docker 的訊息修正：通常是部署目標的選項、掛載或環境變數檔。</translation>
    </message>
    <message>
        <source>Mend what docker says: usually a port, a network or the image&apos;s entry point.</source>
        <translation>請依 docker 的訊息修正：通常是連接埠、網路或映像檔的進入點。</translation>
    </message>
    <message>
        <source>Stop what holds the port, or give the slot another one in publish and server.</source>
        <translation>請停止占用連接埠的程式，或在 publish 與 server 改用其他連接埠。</translation>
    </message>
    <message>
        <source>Create it on the slot&apos;s host, or correct container.mounts.</source>
        <translation>請在該容器的主機上建立，或修正 container.mounts。</translation>
    </message>
    <message>
        <source>Free space there, for instance with “docker image prune”.</source>
        <translation>請釋出該處的空間，例如執行「docker image prune」。</translation>
    </message>
    <message>
        <source>Check gateway.upstreamFile and that the user, or sudo for the gateway, may read it.</source>
        <translation>請檢查 gateway.upstreamFile，並確認使用者（或閘道的 sudo）可以讀取。</translation>
    </message>
    <message>
        <source>Correct gateway.upstreamFile or gateway.upstream in the target.</source>
        <translation>請修正部署目標的 gateway.upstreamFile 或 gateway.upstream。</translation>
    </message>
    <message>
        <source>Keep one of the blocks, or give the other one another name.</source>
        <translation>請只保留其中一個區塊，或將另一個改名。</translation>
    </message>
    <message>
        <source>Add the line to the upstream, or correct the slot&apos;s server in the target, written as nginx has it.</source>
        <translation>請在上游加入該行，或修正部署目標中該容器的 server，寫法須與 nginx 相同。</translation>
    </message>
    <message>
        <source>Keep one of the lines.</source>
        <translation>請只保留其中一行。</translation>
    </message>
    <message>
        <source>Name that file in gateway.upstreamFile, or move the line into the block.</source>
        <translation>請在 gateway.upstreamFile 指定該檔案，或將該行移入區塊。</translation>
    </message>
    <message>
        <source>Look at that line; “nginx -t” on the host says more.</source>
        <translation>請查看該行；在主機上執行「nginx -t」可得知詳情。</translation>
    </message>
    <message>
        <source>Mend the configuration until “nginx -t” passes, then run again.</source>
        <translation>請修正設定至「nginx -t」通過，再執行一次。</translation>
    </message>
    <message>
        <source>Mend what nginx says; the file is as it was.</source>
        <translation>請依 nginx 的訊息修正；檔案已維持原狀。</translation>
    </message>
    <message>
        <source>Start nginx on the gateway.</source>
        <translation>請在閘道啟動 nginx。</translation>
    </message>
    <message>
        <source>Mend what nginx&apos;s error log says: usually a taken port or a changed zone, which need a restart of nginx.</source>
        <translation>請依 nginx 的錯誤 Log 修正：通常是連接埠被占用或 zone 變更，須重新啟動 nginx。</translation>
    </message>
    <message>
        <source>Find out who edits the file, then run again.</source>
        <translation>請查明是誰在編輯該檔案，再執行一次。</translation>
    </message>
    <message>
        <source>Bring another slot up first; “gaplessctl status” shows them.</source>
        <translation>請先啟用另一個容器；「gaplessctl status」會顯示各容器狀態。</translation>
    </message>
    <message>
        <source>Its last log lines say why; mend the image or its settings.</source>
        <translation>原因見其最後幾行 Log；請修正映像檔或其設定。</translation>
    </message>
    <message>
        <source>Look at the answer and at the container&apos;s log; if the answer is right, correct health in the target.</source>
        <translation>請查看回應與容器的 Log；若回應無誤，請修正部署目標的 health。</translation>
    </message>
    <message>
        <source>Look at the container&apos;s log; a site that boots slowly needs a larger health.deadlineSeconds.</source>
        <translation>請查看容器的 Log；啟動較慢的網站須調大 health.deadlineSeconds。</translation>
    </message>
    <message>
        <source>Look at the container&apos;s log; correct witness.signalr.hub, or set health.hub to false where there is none.</source>
        <translation>請查看容器的 Log；請修正 witness.signalr.hub，若沒有 Hub 則將 health.hub 設為 false。</translation>
    </message>
    <message>
        <source>Run health.command by hand on the slot&apos;s host to see why.</source>
        <translation>請在該容器的主機上手動執行 health.command 以查明原因。</translation>
    </message>
    <message>
        <source>Check that the slot&apos;s server in the target is the one that nginx reaches, and nginx&apos;s error log.</source>
        <translation>請確認部署目標中該容器的 server 就是 nginx 連線的位址，並查看 nginx 的錯誤 Log。</translation>
    </message>
    <message>
        <source>Bring that slot back first; “gaplessctl status” shows its state.</source>
        <translation>請先讓該容器恢復；「gaplessctl status」會顯示其狀態。</translation>
    </message>
    <message>
        <source>Wait until that run has ended. If its owner is gone, “gaplessctl resume” finishes or restores it.</source>
        <translation>請等該次作業結束。若其持有者已不在，「gaplessctl resume」可將其完成或還原。</translation>
    </message>
    <message>
        <source>“gaplessctl status” shows how things stand now.</source>
        <translation>「gaplessctl status」會顯示現況。</translation>
    </message>
    <message>
        <source>Look at the new plan and approve that one.</source>
        <translation>請查看新的計畫並重新核准。</translation>
    </message>
    <message>
        <source>Name the tag to go back to: “gaplessctl rollback TARGET --to TAG”.</source>
        <translation>請指定要回滾的標籤：「gaplessctl rollback 部署目標 --to 標籤」。</translation>
    </message>
    <message>
        <source>“gaplessctl doctor TARGET” says for each how to mend it.</source>
        <translation>「gaplessctl doctor 部署目標」會逐項說明如何修正。</translation>
    </message>
    <message>
        <source>Without a terminal, give --confirm %1 and --reason TEXT.</source>
        <translation>沒有終端機時，請加上 --confirm %1 與 --reason 文字。</translation>
    </message>
    <message>
        <source>Run it on a terminal, or answer beforehand with %1.</source>
        <translation>請在終端機執行，或以 %1 事先回答。</translation>
    </message>
    <message>
        <source>Change the target&apos;s protection first, if you may.</source>
        <translation>若您有權限，請先變更部署目標的 protection。</translation>
    </message>
    <message>
        <source>“gaplessctl resume TARGET” finishes it, restores the old version or leaves things as they are.</source>
        <translation>「gaplessctl resume 部署目標」可將其完成、還原舊版本，或維持原樣。</translation>
    </message>
    <message>
        <source>“gaplessctl report” shows what was seen, and which step came just before.</source>
        <translation>「gaplessctl report」會顯示監測結果，以及發生前的步驟。</translation>
    </message>
    <message>
        <source>Mend what the hook says, or remove it from the target&apos;s hooks.</source>
        <translation>請依掛鉤的訊息修正，或從部署目標的 hooks 移除。</translation>
    </message>
    <message>
        <source>Mend what the build says; nothing was deployed.</source>
        <translation>請依建置訊息修正；尚未部署任何內容。</translation>
    </message>
    <message>
        <source>Run again; if it fails again, look at the disk space and the Docker log of that host.</source>
        <translation>請再執行一次；若仍失敗，請查看該主機的磁碟空間與 Docker Log。</translation>
    </message>
    <message>
        <source>Check permissions and free space there, or name another folder with --data-dir.</source>
        <translation>請檢查該處的權限與剩餘空間，或以 --data-dir 指定其他資料夾。</translation>
    </message>
    <message>
        <source>Gapless goes on with what can be read. Keep the copy until the history has been checked.</source>
        <translation>Gapless 會以可讀取的部分繼續。請保留副本，直到部署紀錄檢查完畢。</translation>
    </message>
    <message>
        <source>Please report it with the log lines around it.</source>
        <translation>請附上前後的 Log 回報此問題。</translation>
    </message>
    <message>
        <source>Mend that line; “ssh -G HOST” shows what ssh makes of it.</source>
        <translation>請修正該行；「ssh -G 主機」會顯示 ssh 的解讀結果。</translation>
    </message>
    <message>
        <source>Name the way there in the target&apos;s jump, as user@host:port.</source>
        <translation>請在部署目標的 jump 指定路徑，格式為 user@host:port。</translation>
    </message>
    <message>
        <source>Start an agent and run again from its session, or set auth.method to “key” in the target.</source>
        <translation>請啟動 agent 並在其工作階段中重新執行，或將部署目標的 auth.method 設為「key」。</translation>
    </message>
    <message>
        <source>Unlock the agent, or add the key to it with “ssh-add”.</source>
        <translation>請解鎖 agent，或以「ssh-add」加入金鑰。</translation>
    </message>
    <message>
        <source>Check auth.privateKeyFile: it must be a private key that you may read, not the .pub beside it.</source>
        <translation>請檢查 auth.privateKeyFile：必須是您可讀取的私密金鑰，而非旁邊的 .pub。</translation>
    </message>
    <message>
        <source>Store the right one: “gaplessctl credential set key:%1”.</source>
        <translation>請存入正確的金鑰密碼：「gaplessctl credential set key:%1」。</translation>
    </message>
    <message>
        <source>Give the account a shell such as /bin/sh; an expired password or a forced command does this too.</source>
        <translation>請為該帳號設定 shell，例如 /bin/sh；密碼過期或強制命令也會造成此情況。</translation>
    </message>
    <message>
        <source>Create the folder and let the user write it, or name another one in gateway.stateDir.</source>
        <translation>請建立該資料夾並讓使用者可寫入，或在 gateway.stateDir 指定其他資料夾。</translation>
    </message>
    <message>
        <source>Update Gapless on this machine, or name another folder with --data-dir.</source>
        <translation>請更新這台機器上的 Gapless，或以 --data-dir 指定另一個資料夾。</translation>
    </message>
    <message>
        <source>Set “rehearse” to false in the target, or give the container a network of its own with a published port.</source>
        <translation>請在目標中將「rehearse」設為 false，或讓容器使用自己的網路並發布連接埠。</translation>
    </message>
    <message>
        <source>Look as a user who may run “nginx -T” and docker, or write the target by hand.</source>
        <translation>請用可以執行「nginx -T」與 docker 的使用者來看，或手動撰寫部署目標。</translation>
    </message>
    <message>
        <source>Install git, or give a folder with --context.</source>
        <translation>請安裝 git，或以 --context 指定資料夾。</translation>
    </message>
    <message>
        <source>Check its path or URL, and that your key agent or git&apos;s credential helper lets you in: “git ls-remote REPO” must work without a question.</source>
        <translation>請檢查路徑或 URL，並確認金鑰代理程式或 git 的認證輔助程式能讓您登入：「git ls-remote REPO」必須不發問就能執行。</translation>
    </message>
    <message>
        <source>Give a branch, a tag or a commit that is there; a commit that was not pushed is in no other repository.</source>
        <translation>請指定存在的分支、標籤或提交；尚未推送的提交不會在別的儲存庫裡。</translation>
    </message>
    <message>
        <source>Mend what the command says, or correct the target&apos;s build.command; nothing was deployed.</source>
        <translation>請依指令的訊息修正，或更正目標的 build.command；沒有部署任何東西。</translation>
    </message>
    <message>
        <source>Correct build.context or build.dockerfile in the target.</source>
        <translation>請更正目標中的 build.context 或 build.dockerfile。</translation>
    </message>
    <message>
        <source>Run again when nothing writes there; a git revision does not change.</source>
        <translation>請在沒有程式寫入該處時重新執行；git 修訂版則不會變動。</translation>
    </message>
    <message>
        <source>Give what “docker save REPOSITORY:TAG” wrote, or an OCI layout with one image.</source>
        <translation>請提供「docker save REPOSITORY：TAG」寫出的檔案，或只含一個映像檔的 OCI 配置。</translation>
    </message>
    <message>
        <source>“docker image ls” shows what is there.</source>
        <translation>「docker image ls」會列出有哪些映像檔。</translation>
    </message>
    <message>
        <source>Deploy what is there with --image, give the new image another tag, or remove the old one from the hosts. Nothing was changed.</source>
        <translation>請以 --image 部署現有的映像檔、為新映像檔取另一個標籤，或從主機移除舊的。沒有變更任何東西。</translation>
    </message>
    <message>
        <source>Check the reference, and that the host reaches its registry and is logged in there.</source>
        <translation>請檢查參照，並確認主機連得到登錄庫且已登入。</translation>
    </message>
    <message>
        <source>What served before serves. Mend what was found, and deploy again.</source>
        <translation>先前服務的版本仍在服務。請修正發現的問題後再次部署。</translation>
    </message>
    <message>
        <source>What served before serves. Deploy again when somebody can look at it.</source>
        <translation>先前服務的版本仍在服務。請在有人能查看時再次部署。</translation>
    </message>
    <message>
        <source>The old version serves everywhere again. The report has the numbers of both versions; the limits are in the target&apos;s canary.limits.</source>
        <translation>所有部署位置已回到舊版本。報告中有兩個版本的數字；界限在部署目標的 canary.limits。</translation>
    </message>
    <message>
        <source>Raise witness.http.perSecond or canary.pauseSeconds, or lower canary.minimumSamples. Where clients are pinned to a slot, few new ones may come.</source>
        <translation>請提高 witness.http.perSecond 或 canary.pauseSeconds，或降低 canary.minimumSamples。用戶端固定在部署位置時，新的用戶端可能很少。</translation>
    </message>
    <message>
        <source>The old version serves everywhere again.</source>
        <translation>所有部署位置已回到舊版本。</translation>
    </message>
    <message>
        <source>Run it with the witness, or set canary.byHand in the target: then a person promotes.</source>
        <translation>請搭配連線監測執行，或在部署目標設定 canary.byHand：由人員決定是否繼續。</translation>
    </message>
    <message>
        <source>Look at nginx&apos;s error log on the gateway, or leave preview out of the target: “gaplessctl preview” needs no listener.</source>
        <translation>請查看閘道上 nginx 的錯誤 Log，或從部署目標移除 preview：「gaplessctl preview」不需要接聽位址。</translation>
    </message>
    <message>
        <source>“gaplessctl history” shows the runs, and “gaplessctl status TARGET” what one of them waits for.</source>
        <translation>「gaplessctl history」列出部署作業，「gaplessctl status TARGET」顯示正在等待什麼。</translation>
    </message>
    <message>
        <source>Store these values with “gaplessctl credential set”, list their names in the target&apos;s secretEnv, and deploy the old release.</source>
        <translation>請用「gaplessctl credential set」儲存這些值，把名稱列入目標的 secretEnv，再部署舊版本。</translation>
    </message>
    <message>
        <source>Two versions may serve side by side now. Deploy again to bring every slot to the new one, or roll back.</source>
        <translation>目前可能有兩個版本同時服務。請再次部署使所有容器都換成新版本，或執行回滾。</translation>
    </message>
    <message>
        <source>Let it end, then “gaplessctl rollback TARGET” goes back to the old version.</source>
        <translation>請等它結束，再以「gaplessctl rollback TARGET」回到舊版本。</translation>
    </message>
</context>
<context>
    <name>Stopping</name>
    <message>
        <source>Finish tidily: %1 serves everywhere</source>
        <translation>妥善收尾：%1 全面服務</translation>
    </message>
    <message>
        <source>Stop and keep: %1</source>
        <comment>what serves then, by slot</comment>
        <translation>停止並維持：%1</translation>
    </message>
    <message>
        <source>Stop and take away what was created</source>
        <translation>停止並移除已建立的項目</translation>
    </message>
    <message>
        <source>Stop and roll back: %1 serves everywhere again</source>
        <translation>停止並回滾：%1 重新全面服務</translation>
    </message>
    <message>
        <source>Keep %1 serving on %2, with %3 out</source>
        <comment>tag, slots, slot</comment>
        <translation>維持 %1 在 %2 服務，%3 保持停用</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between slots</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Mend it, then try slot %1 again</source>
        <translation>修正後重試容器 %1</translation>
    </message>
    <message>
        <source>Roll everything back: %1 serves everywhere again</source>
        <translation>全部回滾：%1 重新全面服務</translation>
    </message>
    <message>
        <source>Reject: %1 goes on serving</source>
        <translation>退回：%1 繼續服務</translation>
    </message>
    <message>
        <source>Abort: back to %1</source>
        <translation>中止：回到 %1</translation>
    </message>
</context>
<context>
    <name>Strategies</name>
    <message>
        <source>One slot after the other: taken out of nginx, emptied, replaced, proven ready, put back.
The other slots serve meanwhile; both versions serve side by side until the last slot is done.</source>
        <translation>逐一處理各部署位置：移出 nginx、等待連線結束、替換、確認就緒、放回。
其他部署位置同時服務；在最後一個完成之前，兩個版本並存。</translation>
    </message>
    <message>
        <source>high use of the resources that are there; flexible</source>
        <translation>資源利用率高；彈性</translation>
    </message>
    <message>
        <source>the slots that stay carry all the load; hard to roll back (every slot anew); two versions side by side</source>
        <translation>留下的部署位置承擔全部負載；不易回滾（每個部署位置都要重做）；兩個版本並存</translation>
    </message>
    <message>
        <source>two slots or more</source>
        <translation>兩個以上的部署位置</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>short: seconds a slot</source>
        <translation>短：每個部署位置數秒</translation>
    </message>
    <message>
        <source>The group that does not serve gets the new version; then one reload moves all traffic to it.
The old group is kept warm for a while: rolling back within it is one reload, under a second.</source>
        <translation>未服務的那一組換上新版本，接著一次重新載入就切換所有流量。
舊的一組會待命一段時間：在此期間回滾只需一次重新載入，不到一秒。</translation>
    </message>
    <message>
        <source>fast switch and fast rollback; no two versions side by side</source>
        <translation>切換快、回滾快；兩個版本不會並存</translation>
    </message>
    <message>
        <source>double the resources; databases must fit both versions at the moment of the switch</source>
        <translation>需要兩倍資源；切換時資料庫必須與兩個版本相容</translation>
    </message>
    <message>
        <source>two groups of slots, each able to carry the site</source>
        <translation>兩組部署位置，各自都能承擔整個網站</translation>
    </message>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>short; the switch itself takes a moment</source>
        <translation>短；切換只在一瞬間</translation>
    </message>
    <message>
        <source>Blue-green with a gate: the new version runs outside nginx until somebody has looked at it and approves.
A rejection, or three days of silence, leaves what serves as it is.</source>
        <translation>有關卡的藍綠部署：新版本在 nginx 之外執行，直到有人查看並核准。
拒絕，或三天無人回應，都會維持目前服務的版本。</translation>
    </message>
    <message>
        <source>highest verification: people test the very containers that will serve; rollback as fast as blue-green</source>
        <translation>驗證最完整：人員測試的就是之後要服務的容器；回滾與藍綠部署一樣快</translation>
    </message>
    <message>
        <source>longest, since it waits for a person; double the resources</source>
        <translation>最耗時，因為要等待人員；需要兩倍資源</translation>
    </message>
    <message>
        <source>two groups of slots, and somebody who approves</source>
        <translation>兩組部署位置，以及負責核准的人</translation>
    </message>
    <message>
        <source>lowest for what is seen before the switch</source>
        <translation>切換前能看到的問題，風險最低</translation>
    </message>
    <message>
        <source>longest: as long as the approval takes</source>
        <translation>最長：視核准所需時間</translation>
    </message>
    <message>
        <source>The new version gets a small share of the requests, then growing ones, each compared with the old version.
Worse than the limits: the share goes back to nothing, by itself, with the comparison in the report.</source>
        <translation>新版本先接收少量請求，再逐步提高，每一步都與舊版本比較。
超過界限時會自動收回全部比例，比較結果寫入報告。</translation>
    </message>
    <message>
        <source>lowest risk: few users meet a bad version; precise control of the share</source>
        <translation>風險最低：只有少數使用者遇到不良版本；可精確控制比例</translation>
    </message>
    <message>
        <source>complex watching: versions must be told apart and enough requests must come; two versions side by side</source>
        <translation>監看複雜：必須能分辨版本，且要有足夠的請求；兩個版本並存</translation>
    </message>
    <message>
        <source>a witness that reads the version (witness.http.versionFrom); a zone in the upstream for small shares</source>
        <translation>能讀取版本的連線監測（witness.http.versionFrom）；小比例時上游需要 zone</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>最低</translation>
    </message>
    <message>
        <source>long: minutes a share</source>
        <translation>長：每個比例數分鐘</translation>
    </message>
    <message>
        <source>For it: %1</source>
        <comment>advantages of a strategy</comment>
        <translation>優點：%1</translation>
    </message>
    <message>
        <source>Against it: %1</source>
        <comment>disadvantages of a strategy</comment>
        <translation>缺點：%1</translation>
    </message>
    <message>
        <source>Needs: %1</source>
        <translation>需要：%1</translation>
    </message>
    <message>
        <source>Risk: %1. Time: %2.</source>
        <translation>風險：%1。時間：%2。</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小時 %2 分</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the items of a list</comment>
        <translation>、</translation>
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
        <source>%1 %</source>
        <comment>percent</comment>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Verdicts</name>
    <message>
        <source>a client was disconnected for good</source>
        <translation>有用戶端斷線且未再重連</translation>
    </message>
    <message>
        <source>a gap was longer than the target&apos;s limit</source>
        <translation>中斷時間超過部署目標的上限</translation>
    </message>
    <message>
        <source>more requests failed than the target&apos;s limit</source>
        <translation>失敗的請求超過部署目標的上限</translation>
    </message>
    <message>
        <source>sessions were lost</source>
        <translation>有工作階段遺失</translation>
    </message>
    <message>
        <source>the witness itself stalled</source>
        <translation>連線監測本身停頓</translation>
    </message>
    <message>
        <source>there was no baseline before the rollout</source>
        <translation>部署作業前沒有基準量測</translation>
    </message>
    <message>
        <source>too few samples</source>
        <translation>樣本太少</translation>
    </message>
    <message>
        <source>the witness&apos;s own network failed</source>
        <translation>連線監測本身的網路故障</translation>
    </message>
    <message>
        <source>%1 of %2 failed</source>
        <translation>%2 次中 %1 次失敗</translation>
    </message>
    <message>
        <source>gap %1</source>
        <translation>最長中斷 %1</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <comment>messages</comment>
        <translation>遺失 %1 則訊息</translation>
    </message>
    <message numerus="yes">
        <source>%n client(s) disconnected for good</source>
        <translation>
            <numerusform>%n 個用戶端斷線且未再重連</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 sessions lost</source>
        <translation>%2 個工作階段中遺失 %1 個</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>verdict, why</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>verdict, its numbers</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>; </source>
        <comment>between a verdict&apos;s numbers</comment>
        <translation>；</translation>
    </message>
    <message>
        <source>Done: %1 serves.</source>
        <translation>完成：目前由 %1 提供服務。</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>完成。</translation>
    </message>
    <message>
        <source>Failed, and restored: %1 serves as before.</source>
        <translation>失敗，已還原：仍由 %1 提供服務。</translation>
    </message>
    <message>
        <source>Failed, and restored: what served before serves now.</source>
        <translation>失敗，已還原：服務與先前相同。</translation>
    </message>
    <message>
        <source>Cancelled: %1 serves as before.</source>
        <translation>已取消：仍由 %1 提供服務。</translation>
    </message>
    <message>
        <source>Cancelled: what served before serves now.</source>
        <translation>已取消：服務與先前相同。</translation>
    </message>
    <message>
        <source>Refused before anything changed: %1 serves.</source>
        <translation>尚未變更任何內容即拒絕：目前由 %1 提供服務。</translation>
    </message>
    <message>
        <source>Refused before anything changed.</source>
        <translation>尚未變更任何內容即拒絕。</translation>
    </message>
    <message>
        <source>Half done, a person must decide. Now serving: %1.</source>
        <translation>部分完成，須由人決定。目前服務：%1。</translation>
    </message>
    <message>
        <source>Half done, a person must decide.</source>
        <translation>部分完成，須由人決定。</translation>
    </message>
    <message>
        <source>Ended. Now serving: %1.</source>
        <translation>已結束。目前服務：%1。</translation>
    </message>
    <message>
        <source>Ended.</source>
        <translation>已結束。</translation>
    </message>
    <message>
        <source>a connection dropped that no stopped slot explains</source>
        <translation>有連線中斷，且並非容器停止所致</translation>
    </message>
    <message>
        <source>messages were lost outside any gap</source>
        <translation>在中斷時間以外有訊息遺失</translation>
    </message>
    <message>
        <source>No hub client was connected to slot %1.</source>
        <translation>沒有 Hub 用戶端連線至容器 %1。</translation>
    </message>
    <message>
        <source>Which slot a hub client was connected to is not known.</source>
        <translation>無法得知 Hub 用戶端連線至哪個容器。</translation>
    </message>
    <message>
        <source>A message sent through one slot did not reach a client on the other: the hub has no backplane.</source>
        <translation>經由一個容器送出的訊息，未抵達另一個容器的用戶端：Hub 沒有 backplane。</translation>
    </message>
    <message>
        <source>No message came back from the hub: see witness.signalr.echo.</source>
        <translation>沒有訊息從 Hub 傳回：請參閱 witness.signalr.echo。</translation>
    </message>
    <message>
        <source>Hub clients failed to connect at first, %1 times, the last time with %2.</source>
        <translation>Hub 用戶端起初連線失敗 %1 次，最後一次的原因為 %2。</translation>
    </message>
    <message>
        <source>Answers to the session&apos;s path without a value to compare: %1.</source>
        <translation>工作階段路徑的回應中沒有可比較的值：%1 次。</translation>
    </message>
    <message>
        <source>Versions seen: %1.</source>
        <translation>觀察到的版本：%1。</translation>
    </message>
    <message>
        <source>Sessions were lost because a slot could not read the other&apos;s cookie: share the Data Protection keys.</source>
        <translation>容器無法讀取另一個容器的 cookie，因此工作階段遺失：請共用 Data Protection 金鑰。</translation>
    </message>
    <message>
        <source>Sessions were lost although their cookie was readable: share the session store.</source>
        <translation>cookie 可讀取，但工作階段仍遺失：請共用工作階段的儲存區。</translation>
    </message>
    <message numerus="yes">
        <source>The witness itself stalled %n time(s), %1 at most.</source>
        <translation>
            <numerusform>連線監測本身停頓 %n 次，最長 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The witness&apos;s own network failed %n time(s), %1 in all.</source>
        <translation>
            <numerusform>連線監測本身的網路故障 %n 次，共 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Hub client %1 dropped (%2) though its slot %3 was not being stopped.</source>
        <translation>Hub 用戶端 %1 斷線（%2），但其容器 %3 並未在停止中。</translation>
    </message>
    <message>
        <source>The container of slot %1 did not end by itself and was killed.</source>
        <translation>容器 %1 未自行結束，已強制終止。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were lost outside any gap.</source>
        <translation>
            <numerusform>在中斷時間以外遺失 %n 則訊息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not every sample could be kept in %1; the numbers above count all of them.</source>
        <translation>部分樣本未能存入 %1；以上數字仍計入所有樣本。</translation>
    </message>
    <message>
        <source>The site&apos;s certificate, or TLS with it, was refused: %1</source>
        <translation>網站的憑證或 TLS 連線遭拒：%1</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>waiting until nginx&apos;s new workers run and the old ones accept nothing</source>
        <translation>等待 nginx 新的 worker 啟動，且舊的不再接受連線</translation>
    </message>
    <message>
        <source>waiting for requests in flight to end: %1 in flight, %2 long-lived</source>
        <translation>等待處理中的請求結束：處理中 %1、長時間連線 %2</translation>
    </message>
    <message>
        <source>waiting for the container to end by itself</source>
        <translation>等待容器自行結束</translation>
    </message>
    <message>
        <source>waiting for requests in flight to end</source>
        <translation>等待處理中的請求結束</translation>
    </message>
    <message>
        <source>waiting for healthy answers</source>
        <translation>等待健康檢查通過</translation>
    </message>
    <message>
        <source>waiting for healthy answers: %1 of %2 in a row</source>
        <translation>等待健康檢查通過：連續 %1／%2 次</translation>
    </message>
    <message>
        <source>waiting for the hub to take a connection</source>
        <translation>等待 Hub 可建立連線</translation>
    </message>
    <message>
        <source>waiting for the health command to succeed</source>
        <translation>等待健康檢查命令成功</translation>
    </message>
    <message>
        <source>waiting until traffic really reaches the slot</source>
        <translation>等待流量確實抵達該容器</translation>
    </message>
    <message>
        <source>watching whether it stays healthy</source>
        <translation>觀察是否持續正常</translation>
    </message>
    <message>
        <source>waiting until the witness has seen the site as it is</source>
        <translation>等待連線監測取得網站現況</translation>
    </message>
    <message>
        <source>holding before the next step, as --pace asks</source>
        <translation>依 --pace 在下一步驟前暫停</translation>
    </message>
    <message>
        <source>waiting for a decision</source>
        <translation>等待決定</translation>
    </message>
    <message>
        <source>waiting for the lock</source>
        <translation>等待部署鎖定</translation>
    </message>
    <message>
        <source>waiting: %1</source>
        <translation>等待：%1</translation>
    </message>
    <message>
        <source>waiting: %1 (%2)</source>
        <comment>what, numbers</comment>
        <translation>等待：%1（%2）</translation>
    </message>
    <message>
        <source>removed the new container</source>
        <translation>移除新容器</translation>
    </message>
    <message>
        <source>put back into nginx</source>
        <translation>在 nginx 重新啟用</translation>
    </message>
    <message>
        <source>started the old container again</source>
        <translation>重新啟動舊容器</translation>
    </message>
    <message>
        <source>stopped the new container</source>
        <translation>停止新容器</translation>
    </message>
    <message>
        <source>taken out of nginx again</source>
        <translation>在 nginx 再次停用</translation>
    </message>
    <message>
        <source>released the lock</source>
        <translation>解除部署鎖定</translation>
    </message>
    <message>
        <source>slot %1: %2</source>
        <comment>slot, what was undone</comment>
        <translation>容器 %1：%2</translation>
    </message>
    <message>
        <source>removed the container of the rehearsal</source>
        <translation>已移除試啟動用的容器</translation>
    </message>
    <message>
        <source>sending the sources to %1: %2 of %3</source>
        <translation>正在將原始碼傳送到 %1：%2/%3</translation>
    </message>
    <message>
        <source>building on %1: step %2 of %3</source>
        <translation>正在 %1 上建置：第 %2 步，共 %3 步</translation>
    </message>
    <message>
        <source>sending the image to %1: %2 of %3</source>
        <translation>正在將映像檔傳送到 %1：%2/%3</translation>
    </message>
    <message>
        <source>reading the image: %1</source>
        <translation>正在讀取映像檔：%1</translation>
    </message>
    <message>
        <source>waiting until %1 can be reached again</source>
        <translation>等待 %1 恢復連線</translation>
    </message>
    <message>
        <source>waiting for somebody to approve or reject it: gaplessctl approve RUN, gaplessctl reject RUN</source>
        <translation>等待有人核准或拒絕：gaplessctl approve RUN、gaplessctl reject RUN</translation>
    </message>
    <message>
        <source>waiting for somebody to promote it: gaplessctl promote RUN</source>
        <translation>等待有人決定繼續：gaplessctl promote RUN</translation>
    </message>
    <message>
        <source>comparing: %1 of at least %2 requests to the new version, %3 of them failed; %4 to the old one, %5 of them failed</source>
        <translation>比較中：新版本 %1 個請求（至少 %2 個），其中 %3 個失敗；舊版本 %4 個，其中 %5 個失敗</translation>
    </message>
    <message>
        <source>%1 of the requests go to the new version</source>
        <translation>%1 的請求送往新版本</translation>
    </message>
    <message>
        <source>capacity: %1 of %3 slots serve before, %2 of %3 after; at the switch both groups run</source>
        <translation>容量：切換前 %3 個部署位置中有 %1 個服務，切換後有 %2 個；切換時兩組都在執行</translation>
    </message>
    <message>
        <source>switched all traffic back</source>
        <translation>將所有流量切換回來</translation>
    </message>
    <message>
        <source>took the new version&apos;s share back</source>
        <translation>收回新版本的流量比例</translation>
    </message>
    <message>
        <source>closed the preview</source>
        <translation>關閉了預覽</translation>
    </message>
    <message>
        <source>kept the previous version warm</source>
        <translation>讓前一個版本待命</translation>
    </message>
    <message>
        <source>comparing both versions for the pause, and until enough requests have reached the new one</source>
        <translation>在暫停時間內比較兩個版本，直到有足夠的請求到達新版本</translation>
    </message>
    <message>
        <source>waiting for the connection to %1 to come back</source>
        <translation>等待與 %1 的連線恢復</translation>
    </message>
    <message>
        <source>paused: gaplessctl continue RUN goes on, gaplessctl stop RUN --roll-back ends it</source>
        <translation>已暫停：以 gaplessctl continue RUN 繼續，以 gaplessctl stop RUN --roll-back 結束</translation>
    </message>
    <message>
        <source>the new container differs: %1</source>
        <translation>新容器有所不同：%1</translation>
    </message>
    <message>
        <source>waiting for docker on %1 to come back</source>
        <translation>等待 %1 上的 Docker 恢復</translation>
    </message>
</context>
<context>
    <name>Witnessed</name>
    <message>
        <source>a request failed</source>
        <translation>有請求失敗</translation>
    </message>
    <message>
        <source>a client was disconnected for good</source>
        <translation>有用戶端斷線且未再重連</translation>
    </message>
    <message>
        <source>a gap was longer than its limit</source>
        <translation>中斷時間超過上限</translation>
    </message>
</context>
</TS>
