// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.SignalR;

namespace Chat;

/// <summary>The chat, and beside it one method for each thing a hub can do, for clients that want to try it.</summary>
public sealed class ChatHub(History history, Release release, IHubContext<ChatHub> context) : Hub
{
    /// <summary>A new connection, so also a reconnected one, gets what it missed as one <c>History</c> event:
    /// a backplane is publish and subscribe only and keeps nothing for those who are away.</summary>
    public override async Task OnConnectedAsync() =>
        await Clients.Caller.SendAsync("History", await history.LatestAsync());

    public async Task SendMessage(string user, string text)
    {
        await history.AddAsync(new Message(user, text, DateTimeOffset.UtcNow));
        await Clients.All.SendAsync("ReceiveMessage", user, text);
    }

    public object? Echo(object? value) => value;

    public Identity WhoAmI() => new(release.Slot, release.Version, Context.ConnectionId);

    /// <summary>A stream of <paramref name="n"/> numbers from 0, one every <paramref name="delayMs"/> ms.</summary>
    public async IAsyncEnumerable<int> Count(
        int n, int delayMs, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        for (var i = 0; i < n; ++i)
        {
            yield return i;
            await Task.Delay(delayMs, token);
        }
    }

    /// <summary>A stream the other way: the sum of what the client uploads.</summary>
    public async Task<int> Sum(IAsyncEnumerable<int> numbers)
    {
        var sum = 0;
        await foreach (var number in numbers)
            sum += number;
        return sum;
    }

    /// <summary>Calls the client's <c>Answer(question)</c>, and sends what it returned back as <c>Answered</c>.
    /// Not awaited here: a connection's calls are handled one after another, its answer among them.</summary>
    public void Ask(string question)
    {
        var id = Context.ConnectionId;
        _ = Task.Run(async () =>
        {
            var answer = await context.Clients.Client(id).InvokeAsync<string>("Answer", question, CancellationToken.None);
            await context.Clients.Client(id).SendAsync("Answered", answer);
        });
    }

    public void Fail(string why) => throw new HubException(why);

    public void Abort() => Context.Abort();
}

public sealed record Message(string User, string Text, DateTimeOffset At);

public sealed record Identity(string Slot, string Version, string ConnectionId);
