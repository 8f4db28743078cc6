// SPDX-License-Identifier: MIT
using System.Text.Json;
using StackExchange.Redis;

namespace Chat;

/// <summary>The last messages, in Redis, so that every slot knows them.</summary>
public sealed class History(IConnectionMultiplexer redis)
{
    private const string Key = "chat:history";
    private const int Kept = 200;
    private const int Sent = 50;

    public async Task AddAsync(Message message)
    {
        var database = redis.GetDatabase();
        var batch = database.CreateBatch();
        var push = batch.ListRightPushAsync(Key, JsonSerializer.Serialize(message));
        var trim = batch.ListTrimAsync(Key, -Kept, -1);
        batch.Execute();
        await Task.WhenAll(push, trim);
    }

    /// <summary>Oldest first.</summary>
    public async Task<Message[]> LatestAsync()
    {
        var stored = await redis.GetDatabase().ListRangeAsync(Key, -Sent, -1);
        return [.. stored.Select(value => JsonSerializer.Deserialize<Message>((string)value!)!)];
    }
}
