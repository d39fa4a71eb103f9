"""Jobs for LibreOffice itself in; the files it wrote out: one process for all of them, driven by a macro.

A job is a line of `source|target|steps`; steps are parted by `;`, their words by `,`:
`track`, `replace,old,new`, `cut,text` (the paragraph that holds it), `after,text,new` (a new paragraph),
`split,text` (before it), `join,text` (with the next paragraph), `comment,text,said`, `accept`, `reject`.
"""

# ruff: noqa: E501
from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from reportgen.verify.libreoffice import find_office, surroundings

ROUNDS = 4
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Jobs" script:language="StarBasic">
Option Explicit

Function Prop(sName As String, vValue)
    Dim oValue
    oValue = CreateUnoStruct("com.sun.star.beans.PropertyValue")
    oValue.Name = sName
    oValue.Value = vValue
    Prop = oValue
End Function

Sub Main(sList As String)
    Dim oAccess, oStream, sLine, aParts, nFile
    On Error GoTo Failed
    oAccess = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
    oStream = CreateUnoService("com.sun.star.io.TextInputStream")
    oStream.setInputStream(oAccess.openFileRead(sList))
    oStream.setEncoding("UTF-8")
    Do While Not oStream.isEOF()
        sLine = oStream.readLine()
        If InStr(sLine, "|") &gt; 0 Then
            aParts = Split(sLine, "|")
            Job(aParts(0), aParts(1), aParts(2))
        End If
    Loop
    StarDesktop.terminate()
    Exit Sub
Failed:
    nFile = FreeFile()
    Open ConvertFromURL(sList) &amp; ".error" For Output As #nFile
    Print #nFile, Error$ &amp; " " &amp; Erl &amp; " " &amp; sLine
    Close #nFile
    StarDesktop.terminate()
End Sub

Sub Job(sSource, sTarget, sSteps)
    Dim oDoc, aSteps, i
    oDoc = StarDesktop.loadComponentFromURL(sSource, "_blank", 0, Array(Prop("Hidden", True)))
    If IsNull(oDoc) Then Exit Sub
    aSteps = Split(sSteps, ";")
    For i = 0 To UBound(aSteps)
        If aSteps(i) &lt;&gt; "" Then StepOf(oDoc, Split(aSteps(i), ","))
    Next
    oDoc.storeToURL(sTarget, Array(Prop("FilterName", "MS Word 2007 XML")))
    oDoc.close(True)
End Sub

Function Found(oDoc, sText)
    Dim oSearch
    oSearch = oDoc.createSearchDescriptor()
    oSearch.SearchString = sText
    oSearch.SearchCaseSensitive = True
    Found = oDoc.findFirst(oSearch)
End Function

Sub StepOf(oDoc, aWords)
    Dim oRange, oCursor, oText, oNote, oDispatcher
    Select Case aWords(0)
    Case "track"
        oDoc.RecordChanges = True
    Case "accept"
        oDispatcher = CreateUnoService("com.sun.star.frame.DispatchHelper")
        oDispatcher.executeDispatch(oDoc.CurrentController.Frame, ".uno:AcceptAllTrackedChanges", "", 0, Array())
    Case "reject"
        oDispatcher = CreateUnoService("com.sun.star.frame.DispatchHelper")
        oDispatcher.executeDispatch(oDoc.CurrentController.Frame, ".uno:RejectAllTrackedChanges", "", 0, Array())
    Case Else
        oRange = Found(oDoc, aWords(1))
        If IsNull(oRange) Then Exit Sub
        oText = oRange.Text
        oCursor = oText.createTextCursorByRange(oRange)
        Select Case aWords(0)
        Case "replace"
            oCursor.setString(aWords(2))
        Case "cut"
            oCursor.gotoStartOfParagraph(False)
            oCursor.gotoEndOfParagraph(True)
            oCursor.goRight(1, True)
            oCursor.setString("")
        Case "after"
            oCursor.gotoEndOfParagraph(False)
            oText.insertControlCharacter(oCursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
            oText.insertString(oCursor, aWords(2), False)
        Case "split"
            oText.insertControlCharacter(oCursor.Start, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
        Case "join"
            oCursor.gotoEndOfParagraph(False)
            oCursor.goRight(1, True)
            oCursor.setString("")
        Case "comment"
            oNote = oDoc.createInstance("com.sun.star.text.textfield.Annotation")
            oNote.Content = aWords(2)
            oNote.Author = "李四"
            oText.insertTextContent(oCursor.End, oNote, False)
        End Select
    End Select
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Jobs"/>
</library:library>
"""


def run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run LibreOffice to its end."""
    subprocess.run(command, env=dict(environment), check=False, capture_output=True, timeout=400)


def carry_out(jobs: Sequence[tuple[bytes, str]], folder: Path) -> Mapping[int, bytes]:
    """What LibreOffice made of every file, by number; `folder` is empty and LibreOffice's own."""
    program = find_office()
    assert program
    start = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
             "--nologo", "--nolockcheck"]  # fmt: skip
    environment = {**surroundings(folder), "PATH": os.environ["PATH"]}
    (folder / "first.txt").write_text("x")
    first = ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "first.txt")]
    run([*start, *first], environment)  # makes the profile, which it would lay over ours
    basic = folder / "profile" / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(LIBRARY, "utf-8")
    (basic / "Jobs.xba").write_text(MODULE, "utf-8")
    lines = []
    for number, (content, steps) in enumerate(jobs):
        source, target = folder / f"{number}.docx", folder / f"{number}-done.docx"
        source.write_bytes(content)
        lines.append(f"{source.as_uri()}|{target.as_uri()}|{steps}")
    listed, left = folder / "jobs.txt", list(range(len(jobs)))
    for _ in range(ROUNDS):
        listed.write_text("".join(f"{lines[number]}\n" for number in left) + "\n", "utf-8")
        run([*start, f'macro:///Standard.Jobs.Main("{listed.as_uri()}")'], environment)
        left = [number for number in left if not (folder / f"{number}-done.docx").is_file()][1:]
        if not left:
            break  # a job that fails ends the macro: what comes after it is done in another round
    found = {n: folder / f"{n}-done.docx" for n in range(len(jobs))}
    done = {n: path.read_bytes() for n, path in found.items() if path.is_file()}
    shutil.rmtree(folder / "profile", ignore_errors=True)
    return done
