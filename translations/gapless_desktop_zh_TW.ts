<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
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
        <source>&amp;Stop: finish tidily, the new version serves</source>
        <translation>停止：妥善收尾，新版本繼續服務(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop and roll back</source>
        <translation>停止並回滾(&amp;S)</translation>
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
    <name>gapless::RunPane</name>
    <message>
        <source>Details of the run</source>
        <translation>部署作業明細</translation>
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
</TS>
