<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>gapless::MainWindow</name>
    <message numerus="yes">
        <source>%n rollout(s) under way</source>
        <translation>
            <numerusform>%n rollout under way</numerusform>
            <numerusform>%n rollouts under way</numerusform>
        </translation>
    </message>
</context>
</TS>
