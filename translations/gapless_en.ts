<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Cli</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hub client(s)</source>
        <translation>
            <numerusform>%n hub client</numerusform>
            <numerusform>%n hub clients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) not made, since “%1” failed</source>
        <translation>
            <numerusform>%n check not made, since “%1” failed</numerusform>
            <numerusform>%n checks not made, since “%1” failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message numerus="yes">
        <source>%n new worker(s)</source>
        <translation>
            <numerusform>%n new worker</numerusform>
            <numerusform>%n new workers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n old one(s) still draining</source>
        <translation>
            <numerusform>%n old one still draining</numerusform>
            <numerusform>%n old ones still draining</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n log line(s)</source>
        <translation>
            <numerusform>%n log line</numerusform>
            <numerusform>%n log lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n health answer(s)</source>
        <translation>
            <numerusform>%n health answer</numerusform>
            <numerusform>%n health answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hub client(s) connected</source>
        <translation>
            <numerusform>%n hub client connected</numerusform>
            <numerusform>%n hub clients connected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n long-lived connection(s) stay on it</source>
        <translation>
            <numerusform>%n long-lived connection stays on it</numerusform>
            <numerusform>%n long-lived connections stay on it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Verdicts</name>
    <message numerus="yes">
        <source>%n client(s) disconnected for good</source>
        <translation>
            <numerusform>%n client disconnected for good</numerusform>
            <numerusform>%n clients disconnected for good</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The witness itself stalled %n time(s), %1 at most.</source>
        <translation>
            <numerusform>The witness itself stalled %n time, %1 at most.</numerusform>
            <numerusform>The witness itself stalled %n times, %1 at most.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The witness&apos;s own network failed %n time(s), %1 in all.</source>
        <translation>
            <numerusform>The witness&apos;s own network failed %n time, %1 in all.</numerusform>
            <numerusform>The witness&apos;s own network failed %n times, %1 in all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were lost outside any gap.</source>
        <translation>
            <numerusform>%n message was lost outside any gap.</numerusform>
            <numerusform>%n messages were lost outside any gap.</numerusform>
        </translation>
    </message>
</context>
</TS>
